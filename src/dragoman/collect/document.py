"""A document: one opened input, before anybody knows how many articles it holds."""

import io
from dataclasses import dataclass
from typing import BinaryIO, Literal

from dragoman.errors import InputError

Kind = Literal["text", "html", "json", "jsonl", "csv", "parquet"]

_HEAD = 65_536
_ENOUGH = 1024


@dataclass(frozen=True, slots=True)
class Document:
    """An opened input.

    Attributes:
        name: how errors call it: path or URL as given, `standard input`.
        stream: its bytes, unpacked, from the beginning.
        head: the first bytes of `stream`, which still has them: 64 KiB of a file, at least 1 KiB or a line of a pipe.
        kind: what its name or content type says that it is; None when they say nothing.
        url: its address, when it was fetched.
        charset: the encoding that the server named.

    """

    name: str
    stream: BinaryIO
    head: bytes
    kind: Kind | None = None
    url: str | None = None
    charset: str | None = None

    def whole(self, limit: int, begin: bytes = b"") -> bytes:
        """All bytes of the document after `begin`, which was read already; raises InputError for more than `limit`."""
        data = begin + self.stream.read(max(0, limit + 1 - len(begin)))
        if len(data) > limit:
            raise InputError(self.name, f"larger than {megabytes(limit)}, the most that one article may have; split it")
        return data


def megabytes(size: int) -> str:
    """A size in bytes as people say it: `20 MB`."""
    return f"{size / 1_000_000:g} MB"


class _Rewound(io.RawIOBase):
    """A stream with the bytes that were already taken from it put back in front."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        data = data or _read_some(self._rest, len(buffer))
        buffer[: len(data)] = data
        return len(data)


def peeked(name: str, stream: BinaryIO) -> Document:
    """A document of a stream, with its head looked at; waits for no more of a pipe than a line."""
    head = b""
    while len(head) < _ENOUGH and b"\n" not in head:
        data = _read_some(stream, _HEAD)
        if not data:
            break
        head += data
    return Document(name, io.BufferedReader(_Rewound(head, stream), _HEAD), head)


def _read_some(stream: BinaryIO, size: int) -> bytes:
    read1 = getattr(stream, "read1", stream.read)
    data: bytes = read1(size)
    return data
