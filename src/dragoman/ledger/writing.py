"""Writes a record into the tables of a ledger; the caller holds the transaction."""

import datetime
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Table, TextClause, func, insert, or_, select, text, update

from dragoman.article import Article, text_hash
from dragoman.ledger import families
from dragoman.ledger.copies import credits, signature
from dragoman.ledger.days import Days, days_of
from dragoman.ledger.lines import EventLine, PartyLine, StatementLine, event_line, statement_line
from dragoman.ledger.schema import (
    articles,
    event_parties,
    events,
    statement_parties,
    statements,
)
from dragoman.ledger.tellings import Telling
from dragoman.ledger.upkeep import stored_telling
from dragoman.mark.sentences import split_sentences
from dragoman.record import Record, RecordedArticle, Span, When
from dragoman.resolve.lookup import outlet
from dragoman.resolve.tables import Tables
from dragoman.resolve.tokens import name_key

_WORDS_OF_EVENT = text("INSERT INTO event_words (rowid, words) VALUES (:key, :words)")
_WORDS_OF_STATEMENT = text("INSERT INTO statement_words (rowid, words) VALUES (:key, :words)")


@dataclass(frozen=True)
class Earlier:
    """What a ledger holds under the url or id of an article: all versions' texts, the keys of those that count."""

    texts: frozenset[str]
    current: tuple[int, ...]
    versions: int


@dataclass(frozen=True)
class Written:
    """An article that was written: keys of itself, of its events in their order, and where it was placed."""

    article: int
    events: tuple[int, ...]
    placing: families.Placing


def fingerprint(article: Article | RecordedArticle) -> str:
    """SHA-256 of the article's text, also where the text itself is left out; of its id where nothing is known of its text."""
    if article.text is not None:
        return text_hash(article.text)
    return getattr(article, "text_sha256", None) or text_hash(f"id:{article.id}")


def earlier(connection: Connection, article: Article | RecordedArticle) -> Earlier:
    """What the ledger already holds under the article's url or id."""
    same = articles.c.id == article.id
    if article.url:
        same = or_(same, articles.c.url == article.url)
    rows = connection.execute(select(articles.c.key, articles.c.text_sha256, articles.c.current).where(same)).all()
    return Earlier(
        texts=frozenset(row.text_sha256 for row in rows),
        current=tuple(row.key for row in rows if row.current),
        versions=len(rows),
    )


def retire(connection: Connection, keys: Sequence[int]) -> None:
    """Lets these articles count no more; they stay readable."""
    if not keys:
        return
    connection.execute(update(articles).where(articles.c.key.in_(keys)).values(current=False))
    connection.execute(update(events).where(events.c.article.in_(keys)).values(current=False))
    connection.execute(update(statements).where(statements.c.article.in_(keys)).values(current=False))
    families.forget_bands(connection, keys)
    for family in sorted(set(connection.scalars(select(articles.c.family).where(articles.c.key.in_(keys))))):
        families.settle_origin(connection, family)


def write(connection: Connection, record: Record, version: int, facts: Tables, told: Sequence[Telling]) -> Written:
    """Writes a record as a new article of the ledger; `told` are the tellings of its events, in their order."""
    article = record.article
    key = _next_key(connection, articles)
    sha256 = fingerprint(article)
    mark = signature(article.text) if article.text else None
    placing = families.place(connection, key, sha256, mark)
    medium = outlet(article.outlet, article.url, facts)
    row = {
        **article.model_dump(include={"id", "url", "title", "published", "outlet", "lang"}),
        "key": key,
        "text_sha256": sha256,
        "version": version,
        "current": True,
        "family": placing.family,
        "medium": medium.ref if medium else None,
        "credit": _credited(article.text or "", facts),
        "signature": mark.to_bytes() if mark else None,
        "events": len(record.events),
        "statements": len(record.statements),
        "story": json.dumps(sorted(told[0].story)) if told else None,
        "record": zlib.compress(record.to_json().encode()),
        "added": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    }
    connection.execute(insert(articles), row)
    families.keep_bands(connection, key, mark)
    families.settle_origin(connection, placing.family)
    sentences = _Sentences(article.text or "")
    keys = _write_events(connection, key, record, sentences, told)
    _write_statements(connection, key, record)
    return Written(key, keys, placing)


def stored_record(stored: bytes) -> Record:
    """The record that a row of `articles` keeps."""
    return Record.model_validate_json(zlib.decompress(stored))


def _credited(text: str, facts: Tables) -> str | None:
    """The reference of the medium that the head of a text credits."""
    for name in credits(text):
        meanings = facts.names.get(name_key(name), [])
        media = [meaning.known.ref for meaning in meanings if meaning.known.kind == "medium"]
        if media:
            return media[0]
    return None


def _write_events(
    connection: Connection, article: int, record: Record, sentences: "_Sentences", told: Sequence[Telling]
) -> tuple[int, ...]:
    first = _next_key(connection, events)
    lines = [event_line(record, event) for event in record.events]
    keys = tuple(range(first, first + len(lines)))
    keyed = list(zip(keys, lines, strict=True))
    _insert(
        connection,
        insert(events),
        [_event_row(key, article, line, telling) for (key, line), telling in zip(keyed, told, strict=True)],
    )
    parties = [row for key, line in keyed for row in _party_rows("event", key, "actor", line.actors)]
    parties += [row for key, line in keyed for row in _party_rows("event", key, "recipient", line.recipients)]
    _insert(connection, insert(event_parties), parties)
    _insert(connection, _WORDS_OF_EVENT, [{"key": key, "words": _event_words(line, sentences)} for key, line in keyed])
    return keys


def _write_statements(connection: Connection, article: int, record: Record) -> None:
    first = _next_key(connection, statements)
    keyed = list(enumerate((statement_line(record, statement) for statement in record.statements), first))
    _insert(connection, insert(statements), [_statement_row(key, article, line) for key, line in keyed])
    parties = [row for key, line in keyed if line.speaker for row in _party_rows("statement", key, "speaker", [line.speaker])]
    parties += [row for key, line in keyed for row in _party_rows("statement", key, "about", line.about)]
    _insert(connection, insert(statement_parties), parties)
    _insert(connection, _WORDS_OF_STATEMENT, [{"key": key, "words": _statement_words(line)} for key, line in keyed])


def _insert(connection: Connection, statement: Any | TextClause, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(statement, rows)


def _event_row(key: int, article: int, line: EventLine, telling: Telling) -> dict[str, Any]:
    days = _days(line.when, line.published)
    return {
        "key": key,
        "article": article,
        "id": line.event,
        "type": line.type,
        "factuality": line.factuality,
        "outlet": line.outlet,
        "first_day": days.first,
        "last_day": days.last,
        "current": True,
        "line": line.to_json(),
        "telling": stored_telling(telling),
    }


def _statement_row(key: int, article: int, line: StatementLine) -> dict[str, Any]:
    return {
        "key": key,
        "article": article,
        "id": line.statement,
        "kind": line.kind,
        "outlet": line.outlet,
        "day": line.published[:10] if line.published else None,
        "current": True,
        "line": line.to_json(),
    }


def _party_rows(owner: str, key: int, role: str, parties: Sequence[PartyLine]) -> list[dict[str, Any]]:
    return [
        {owner: key, "role": role, "place": place, "country": party.country, "sector": party.sector, "ref": party.ref}
        for place, party in enumerate(parties)
    ]


def _days(when: When | None, published: str | None) -> Days:
    if when is not None and when.date:
        told = days_of(when.date, when.until)
        if told.first:
            return told
    return days_of(published[:10] if published else None, None)


class _Sentences:
    """The sentences of a text, split when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._all = split_sentences(text) if text else []

    def around(self, span: Span) -> str:
        """The words of the sentences that a span touches."""
        return " ".join(self._text[s.start : s.end] for s in self._all if s.start < span.end and span.start < s.end)


def _event_words(line: EventLine, sentences: _Sentences) -> str:
    parties = [word for party in (*line.actors, *line.recipients) for word in (party.name, party.text)]
    return _joined([sentences.around(line.trigger) or line.trigger.text, *parties])


def _statement_words(line: StatementLine) -> str:
    speaker = [line.speaker.name, line.speaker.text] if line.speaker else []
    return _joined([*speaker, line.cue.text if line.cue else None, *(span.text for span in line.content)])


def _joined(words: Sequence[str | None]) -> str:
    return " ".join(dict.fromkeys(word for word in words if word))


def _next_key(connection: Connection, table: Table) -> int:
    key: Column[Any] = table.c.key
    return int(connection.scalar(select(func.coalesce(func.max(key), 0))) or 0) + 1
