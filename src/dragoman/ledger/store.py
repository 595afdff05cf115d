"""The ledger as the rest of the program sees it: records go in, lines come out."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, select

from dragoman.article import Article
from dragoman.errors import InputError
from dragoman.ledger import search
from dragoman.ledger.checking import faults
from dragoman.ledger.database import faults_named, open_to_read, open_to_write
from dragoman.ledger.lines import ArticleLine, ClaimLine, EventLine, StatementLine
from dragoman.ledger.outlets import outlet_of
from dragoman.ledger.schema import articles, claims, moved_claims
from dragoman.ledger.search import Filter
from dragoman.ledger.tellings import tellings
from dragoman.ledger.upkeep import Touched, join_claims
from dragoman.ledger.writing import earlier, fingerprint, retire, stored_record, write
from dragoman.record import Record
from dragoman.resolve.tables import tables


class Outcome(StrEnum):
    """What became of a record that was given to a ledger."""

    NEW = "new"
    CORRECTED = "corrected"
    KNOWN = "known"


class Ledger:
    """A database of articles, their records and the claims that they add up to; use it in a `with` statement.

    Any number of ledgers read one file while one writes it.
    """

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine

    @classmethod
    def open(cls, path: Path) -> Self:
        """A ledger to read; raises LedgerError where there is none."""
        return cls(path, open_to_read(path))

    @classmethod
    def open_to_write(cls, path: Path) -> Self:
        """A ledger to add to, made where there is none; raises LedgerError for a file that is none."""
        return cls(path, open_to_write(path))

    def close(self) -> None:
        """Lets go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def holds(self, article: Article) -> bool:
        """Whether the article, or an earlier or later version of it, is there with this very text."""
        with self._transaction() as connection:
            return fingerprint(article) in earlier(connection, article).texts

    def add(self, record: Record) -> Outcome:
        """Writes a record, all of it or nothing, and brings the claims that it touches up to date.

        The same url or id with a text that is there already changes nothing; with another text it is a new version, and
        the earlier one no longer counts. Raises InputError for a record that contradicts itself.
        """
        _check(record)
        with self._transaction() as connection:
            known = earlier(connection, record.article)
            if fingerprint(record.article) in known.texts:
                return Outcome.KNOWN
            retire(connection, known.current)
            version = known.versions + 1
            told = tellings(record, outlet_of(record.article, tables()))
            written = write(connection, record, version, tables(), told)
            keyed = dict(zip(written.events, told, strict=True))
            join_claims(connection, Touched(written.article, keyed, written.placing, known.current))
            return Outcome.CORRECTED if known.versions else Outcome.NEW

    def events(self, asked: Filter | None = None) -> Iterator[EventLine]:
        """Events in the order in which they came in."""
        with self._transaction() as connection:
            yield from search.list_events(connection, asked or Filter())

    def statements(self, asked: Filter | None = None) -> Iterator[StatementLine]:
        """Statements in the order in which they came in."""
        with self._transaction() as connection:
            yield from search.list_statements(connection, asked or Filter())

    def claims(self, asked: Filter | None = None) -> Iterator[ClaimLine]:
        """Claims by their date, those without one last."""
        with self._transaction() as connection:
            yield from search.list_claims(connection, asked or Filter())

    def articles(self, asked: Filter | None = None) -> Iterator[ArticleLine]:
        """Articles in the order in which they came in."""
        with self._transaction() as connection:
            yield from search.list_articles(connection, asked or Filter())

    def record(self, article: str, version: int | None = None) -> Record | None:
        """The record of an article by its id: of the version that counts, or of the one asked for; None where there is none."""
        wanted = articles.c.current if version is None else articles.c.version == version
        with self._transaction() as connection:
            stored = connection.scalar(select(articles.c.record).where(articles.c.id == article, wanted))
        return stored_record(stored) if stored else None

    def versions(self, article: str) -> list[Record]:
        """The records of all versions of an article by its id: the one that counts first, then the earlier ones, latest first."""
        query = select(articles.c.record).where(articles.c.id == article)
        with self._transaction() as connection:
            stored = connection.scalars(query.order_by(articles.c.current.desc(), articles.c.version.desc())).all()
        return [stored_record(record) for record in stored]

    def claim(self, id: str) -> ClaimLine | None:
        """A claim by its id; one that was joined to another leads there."""
        with self._transaction() as connection:
            while moved := connection.scalar(select(moved_claims.c.to).where(moved_claims.c.id == id)):
                id = moved
            line = connection.scalar(select(claims.c.line).where(claims.c.id == id))
        return ClaimLine.model_validate_json(line) if line else None

    def faults(self) -> list[str]:
        """What is wrong with the ledger, one line each; empty for a sound one."""
        with self._transaction() as connection:
            return faults(connection)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with faults_named(self.path), self._engine.begin() as connection:
            yield connection


def _check(record: Record) -> None:
    published = record.article.published
    try:
        datetime.datetime.fromisoformat(published) if published else None
    except ValueError:
        reason = f"'published' is {published!r}, not an ISO date such as 2023-10-19"
        raise InputError(record.article.id, reason) from None
    for kind, ids in (("event", [e.id for e in record.events]), ("statement", [s.id for s in record.statements])):
        twice = next((id for id in ids if ids.count(id) > 1), None) if len(set(ids)) < len(ids) else None
        if twice is not None:
            raise InputError(record.article.id, f"the record has two {kind}s {twice!r}; give each an id of its own")
