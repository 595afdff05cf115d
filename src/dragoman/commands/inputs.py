"""What commands share that read articles: columns of tables, counting ahead, the list of what failed."""

import time
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from dragoman.errors import DragomanError

if TYPE_CHECKING:
    from dragoman.article import Article

_LOOK_AHEAD_SECONDS, _LOOK_AHEAD_ARTICLES = 2.0, 20_000
"""How long, and for how many articles at most, the inputs are counted before the reading begins."""


def columns(_context: click.Context, _parameter: click.Parameter, value: str | None) -> dict[str, str]:
    """Reads FIELD=NAME,... of an option; raises click.BadParameter for what is not of that form."""
    pairs = [pair.partition("=") for pair in value.split(",")] if value else []
    for field, _, column in pairs:
        if not field.strip() or not column.strip():
            raise click.BadParameter(f"{value!r} is not of the form FIELD=NAME,... such as text=body,published=date.")
    return {field.strip(): column.strip() for field, _, column in pairs}


def report(failures: list[DragomanError]) -> None:
    """List what could not be read, and end with exit status 1 if there is anything."""
    if failures:
        click.echo(f"{len(failures)} {'input' if len(failures) == 1 else 'inputs'} could not be read:", err=True)
        for failure in failures:
            click.echo(f"  {printable(str(failure))}", err=True)
        raise click.exceptions.Exit(1)


def printable(line: str) -> str:
    """A line that is safe to print."""
    from dragoman.show.terminal import one_line

    return one_line(line)


class LookAhead:
    """Articles on their way to the reader; `total` is their number where they are few and quick enough to count first."""

    def __init__(self, articles: Iterator["Article"]) -> None:
        self._articles = articles
        self._ahead: deque[Article] = deque()
        self.total: int | None = None
        until = time.monotonic() + _LOOK_AHEAD_SECONDS
        for article in articles:
            self._ahead.append(article)
            if len(self._ahead) == _LOOK_AHEAD_ARTICLES or time.monotonic() > until:
                return
        self.total = len(self._ahead)

    def __iter__(self) -> Iterator["Article"]:
        while self._ahead:
            yield self._ahead.popleft()
        yield from self._articles
