"""Reading one table of facts: a CSV file whose `#` lines tell where its columns come from."""

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from dragoman.errors import TableError
from dragoman.resolve.facts import EVER

_MONTH_END = 31


class Row(NamedTuple):
    """One row of a table: its fields by column name, and where it stands."""

    fields: dict[str, str]
    path: Path
    line: int

    @property
    def where(self) -> str:
        """File and line, as errors name them."""
        return f"{self.path.name}:{self.line}"

    def list(self, column: str) -> list[str]:
        """The parts of a field that holds several, separated by a bar."""
        value = self.fields[column]
        return value.split("|") if value else []

    def wrong(self, reason: str) -> TableError:
        """An error about this row."""
        return TableError(f"{self.path}:{self.line}: {reason}")


class Span(NamedTuple):
    """From when to when a row holds: widest and narrowest reading of its dates, as day numbers."""

    since: int
    until: int
    surely_since: int
    surely_until: int


def read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a table; `columns` must be there, others are ignored.

    Raises TableError, with file and line, for a file that cannot be read, a missing column, a row of another length.
    """
    try:
        text = path.read_text(encoding="utf8")
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines) if line and not line.startswith("#")), None)
    if first is None:
        raise TableError(f"{path}: holds no rows; its first line that is no comment must name the columns {', '.join(columns)}")
    reader = csv.reader(lines[first:])
    header = next(reader)
    if missing := [c for c in columns if c not in header]:
        raise TableError(f"{path}:{first + 1}: the column {missing[0]!r} is missing; a {path.name} needs {', '.join(columns)}")
    width = len(header)
    for values in reader:
        if not values or values[0].startswith("#"):
            continue
        if len(values) != width:
            raise TableError(f"{path}:{first + reader.line_num}: {len(values)} fields where the header names {width}")
        yield Row(dict(zip(header, values, strict=True)), path, first + reader.line_num)


def span(row: Row) -> Span:
    """The row's `from` and `until` as day numbers.

    Raises TableError for dates that are no ISO dates (YYYY, YYYY-MM or YYYY-MM-DD) or that end before they begin.
    """
    begin, end = row.fields["from"], row.fields["until"]
    try:
        since, surely_since = (_day(begin, 101), _day(begin, 1231)) if begin else (0, 0)
        until, surely_until = (_day(end, 1231), _day(end, 101)) if end else (EVER, EVER)
    except ValueError as error:
        raise row.wrong(str(error)) from None
    if since > until:
        raise row.wrong(f"it ends ({end}) before it begins ({begin})")
    return Span(since, until, surely_since, surely_until)


@lru_cache(maxsize=8192)
def _day(date: str, rest: int) -> int:
    """A date as a day number; `rest` is the month and day (101 or 1231) that a date of less precision is filled up with."""
    parts = date.split("-")
    if [len(p) for p in parts] not in ([4], [4, 2], [4, 2, 2]) or not all(p.isdigit() for p in parts):
        raise ValueError(f"{date!r} is no date of the form YYYY, YYYY-MM or YYYY-MM-DD")
    numbers = [int(p) for p in parts]
    month = numbers[1] if len(numbers) > 1 else rest // 100
    day = numbers[2] if len(numbers) > 2 else (1 if rest == 101 else _MONTH_END)
    if not (1 <= month <= 12 and 1 <= day <= _MONTH_END):
        raise ValueError(f"{date!r} is no date of the calendar")
    return numbers[0] * 10000 + month * 100 + day
