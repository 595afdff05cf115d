"""Records as pages for people: tables and marked texts, one story after another; colours on a terminal alone."""

from typing import TextIO

from rich.console import Console, RenderableType

from dragoman.record import Record
from dragoman.show.marked import legend, marked_text, origin
from dragoman.show.table import story


class _Pages:
    """Prints to a stream, as wide as its terminal; without one as `COLUMNS` says, else 80."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._console = Console(file=stream, markup=False, emoji=False, highlight=False)

    def _print(self, *parts: RenderableType) -> None:
        with self._console.capture() as page:
            for part in parts:
                self._console.print(part)
        # Tables are padded to the full width, which is of no use in a file.
        self._stream.writelines(f"{line.rstrip()}\n" for line in page.get().splitlines())


class TableWriter(_Pages):
    """One table of events and one of statements for each record."""

    def write(self, record: Record) -> None:
        """Writes one story."""
        self._print(story(record, self._console.width), "")

    def finish(self) -> None:
        """Writes nothing more."""


class MarkedTextWriter(_Pages):
    """Each article's text with its marks, and the legend at the end."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self._written = False

    def write(self, record: Record) -> None:
        """Writes one article; long lines wrap at words."""
        self._print(origin(record), marked_text(record), "")
        self._written = True

    def finish(self) -> None:
        """Writes the legend, where there was something to mark."""
        if self._written:
            self._print(legend())
