"""Gzipped inputs, unpacked as they are read."""

import dataclasses
import gzip
import io
import zlib
from typing import BinaryIO, cast

from dragoman.collect.document import Document, megabytes, peeked
from dragoman.errors import InputError

MAX_RATIO = 200
"""Unpacked over packed size beyond which a large file is a bomb. Prose packs to a third or a quarter, the most repetitive
tables to a fiftieth; deflate itself ends at 1032."""

_MAGIC = b"\x1f\x8b"


def unpacked(document: Document, bomb_size: int) -> Document:
    """The document itself, or what is in it when it is gzipped.

    The stream of the result raises InputError when the data are damaged, or are more than `bomb_size` bytes and `MAX_RATIO`
    times what they were packed into.
    """
    if not document.head.startswith(_MAGIC):
        return document
    inner = peeked(document.name, io.BufferedReader(_Unpacking(document, bomb_size)))
    if inner.head.startswith(_MAGIC):
        raise InputError(document.name, "gzipped twice; unpack it once")
    return dataclasses.replace(document, stream=inner.stream, head=inner.head)


class _Counted(io.RawIOBase):
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


class _Unpacking(io.RawIOBase):
    def __init__(self, document: Document, bomb_size: int) -> None:
        self._name = document.name
        self._packed = _Counted(document.stream)
        self._gzip = gzip.GzipFile(fileobj=cast(BinaryIO, self._packed))
        self._bomb_size = bomb_size
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._gzip.read1(len(buffer))
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise InputError(self._name, "a gzip file that is damaged or cut short; pack it again") from None
        self._count += len(data)
        if self._count > self._bomb_size and self._count > MAX_RATIO * self._packed.count:
            raise InputError(
                self._name,
                f"unpacks to more than {MAX_RATIO} times its size and {megabytes(self._bomb_size)}; unpack it if you trust it",
            )
        buffer[: len(data)] = data
        return len(data)
