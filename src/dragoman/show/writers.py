"""Where records are written to, and in which form."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Literal, Protocol, TextIO

from dragoman.errors import DragomanError
from dragoman.record import Record

Format = Literal["table", "text", "json", "jsonl"]
"""table: events and statements for people; text: the article with marks; json: one array; jsonl: one record a line."""


class RecordWriter(Protocol):
    """Writes records one after another to a stream."""

    def write(self, record: Record) -> None:
        """Writes one record."""

    def finish(self) -> None:
        """Writes what stands after the last record."""


class JsonLinesWriter:
    """One record a line."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, record: Record) -> None:
        """Writes one record, so that a reader downstream has it at once."""
        self._stream.write(record.to_json() + "\n")
        self._stream.flush()

    def finish(self) -> None:
        """Writes nothing more."""


class JsonWriter:
    """One JSON array of all records, indented."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._before = "["

    def write(self, record: Record) -> None:
        """Writes one element of the array."""
        self._stream.write(f"{self._before}\n{record.model_dump_json(indent=2)}")
        self._before = ","

    def finish(self) -> None:
        """Closes the array, which is empty without a record."""
        self._stream.write("[]\n" if self._before == "[" else "\n]\n")


def writer(form: Format, stream: TextIO) -> RecordWriter:
    """The writer of a form."""
    if form == "jsonl":
        return JsonLinesWriter(stream)
    if form == "json":
        return JsonWriter(stream)
    from dragoman.show.pages import MarkedTextWriter, TableWriter  # noqa: PLC0415 (rich is slow to load)

    return TableWriter(stream) if form == "table" else MarkedTextWriter(stream)


@contextmanager
def output(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that gets its content at once when all is written, and is left as it was otherwise.

    The text is UTF-8. Raises DragomanError where the file cannot be written.
    """
    if path is None:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        yield sys.stdout
        sys.stdout.flush()
        return
    target = path.resolve()
    if target.exists() and not target.is_file():
        with _opened(target, "w") as stream:
            yield stream
        return
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with _opened(unfinished, "x") as stream:
            yield stream
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _opened(path: Path, mode: Literal["w", "x"]) -> TextIO:
    try:
        return path.open(mode, encoding="utf-8")
    except OSError as error:
        raise DragomanError(
            f"{path.parent}: cannot be written to ({error.strerror}); give -o a place where you may write"
        ) from None
