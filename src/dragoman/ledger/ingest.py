"""Articles and records on their way into a ledger, in the order of the inputs."""

import gzip
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from dragoman.article import Article
from dragoman.errors import DragomanError, InputError
from dragoman.ledger.store import Ledger, Outcome
from dragoman.reader import Reader
from dragoman.record import Record


@dataclass(frozen=True)
class Ingested:
    """One input that is in the ledger now; `events` is the number of events that came with it, 0 for a known one."""

    outcome: Outcome
    events: int


def ingest_articles(
    ledger: Ledger, articles: Iterable[Article], jobs: int = 1
) -> Generator[Ingested | DragomanError, None, None]:
    """Reads the articles that the ledger does not hold yet, with `jobs` processes, and adds their records.

    What cannot be read comes out as its reason. Raises LedgerError where the ledger cannot be written.
    """
    skipped: list[Ingested] = []

    def unread() -> Iterator[Article]:
        for article in articles:
            if ledger.holds(article):
                skipped.append(Ingested(Outcome.KNOWN, 0))
            else:
                yield article

    with closing(Reader().read_many(unread(), jobs=jobs)) as outcomes:
        for outcome in outcomes:
            yield outcome if isinstance(outcome, DragomanError) else _added(ledger, outcome)
            while skipped:
                yield skipped.pop()
    yield from skipped


def ingest_records(ledger: Ledger, records: Iterable[Record | InputError]) -> Generator[Ingested | DragomanError, None, None]:
    """Adds records as they are, whoever made them."""
    for record in records:
        yield record if isinstance(record, InputError) else _added(ledger, record)


def records_in(path: Path) -> Iterator[Record | InputError]:
    """The records of a file of JSON Lines, gzipped or not, `-` for standard input; in place of a bad line, the reason.

    Raises InputError for a file that cannot be read.
    """
    with _lines(path) as lines:
        number = 0
        try:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _record(f"{path}:{number}", line)
        except (OSError, EOFError) as error:
            yield InputError(f"{path}:{number + 1}", f"cannot be read on ({error}); the records before it are in the ledger")


def _added(ledger: Ledger, record: Record) -> Ingested | InputError:
    try:
        outcome = ledger.add(record)
    except InputError as error:
        return error
    return Ingested(outcome, 0 if outcome is Outcome.KNOWN else len(record.events))


def _record(where: str, line: bytes) -> Record | InputError:
    try:
        return Record.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "the line"
        return InputError(where, f"is no record ({field}: {first['msg']}); see docs/reference/record.md")


@contextmanager
def _lines(path: Path) -> Iterator[BinaryIO]:
    if str(path) == "-":
        yield sys.stdin.buffer
        return
    try:
        with path.open("rb") as plain:
            zipped = plain.read(2) == b"\x1f\x8b"
            plain.seek(0)
            if zipped:
                with gzip.GzipFile(fileobj=plain) as unzipped:
                    yield unzipped  # type: ignore[misc]
            else:
                yield plain
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror or error})") from error
