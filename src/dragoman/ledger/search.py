"""Asking a ledger: which events, statements, claims and articles to list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Select,
    Table,
    and_,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
    table,
)

from dragoman.errors import DragomanError
from dragoman.ledger.lines import ArticleLine, ClaimLine, EventLine, StatementLine
from dragoman.ledger.schema import (
    articles,
    claim_parties,
    claims,
    event_parties,
    events,
    families,
    statement_parties,
    statements,
)

_COUNTRY = re.compile(r"([A-Z]{3})(?::([A-Z]{3}))?")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_AT_ONCE = 2000
"""Rows taken from the database at a time."""


@dataclass(frozen=True)
class Pair:
    """Two sides; whoever of them acts."""

    one: str
    other: str


@dataclass(frozen=True)
class Filter:
    """What a listing is narrowed to; None asks for all.

    A side is a country (ISO 3166 alpha-3), a country's sector as `RUS:MIL`, or an organisation's or group's reference, with
    or without what stands before its colon. `since` and `until` are ISO dates of a year, month or day, both included.
    `text` is looked for in words: all of them, those in quotes one after another.
    """

    side: str | None = None
    pair: Pair | None = None
    speaker: str | None = None
    about: str | None = None
    type: str | None = None
    status: str | None = None
    factuality: str | None = None
    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    text: str | None = None
    article: str | None = None
    limit: int | None = None
    all_versions: bool = False

    def __post_init__(self) -> None:
        for name, date in (("since", self.since), ("until", self.until)):
            if date is not None and not _DATE.fullmatch(date):
                raise DragomanError(f"--{name} {date}: is no date; write it as 2023, 2023-10 or 2023-10-19")


def list_events(connection: Connection, asked: Filter) -> Iterator[EventLine]:
    """Events in the order in which they came into the ledger."""
    query = select(events.c.line, events.c.claim).order_by(events.c.key)
    conditions = [
        *([] if asked.all_versions else [events.c.current]),
        *_equal(events, asked, ("type", "factuality", "outlet")),
        *_between(events.c.first_day, events.c.last_day, asked),
        *_sides(event_parties, event_parties.c.event, events.c.key, asked),
    ]
    if asked.status:
        conditions.append(events.c.claim.in_(select(claims.c.id).where(claims.c.status == asked.status)))
    if asked.text:
        conditions.append(events.c.key.in_(_matching("event_words", asked.text)))
    if asked.article:
        conditions.append(events.c.article.in_(select(articles.c.key).where(articles.c.id == asked.article)))
    for row in _rows(connection, query.where(*conditions), asked):
        yield EventLine.model_validate_json(row.line).model_copy(update={"claim": row.claim})


def list_statements(connection: Connection, asked: Filter) -> Iterator[StatementLine]:
    """Statements in the order in which they came into the ledger; a side speaks or is spoken about."""
    query = select(statements.c.line).order_by(statements.c.key)
    conditions = [
        *([] if asked.all_versions else [statements.c.current]),
        *_equal(statements, asked, ("outlet",)),
        *_between(statements.c.day, statements.c.day, asked),
        *_sides(statement_parties, statement_parties.c.statement, statements.c.key, asked),
    ]
    for side, role in ((asked.speaker, "speaker"), (asked.about, "about")):
        if side:
            conditions.append(_takes_part(statement_parties, statement_parties.c.statement, statements.c.key, side, (role,)))
    if asked.text:
        conditions.append(statements.c.key.in_(_matching("statement_words", asked.text)))
    if asked.article:
        conditions.append(statements.c.article.in_(select(articles.c.key).where(articles.c.id == asked.article)))
    for row in _rows(connection, query.where(*conditions), asked):
        yield StatementLine.model_validate_json(row.line)


def list_claims(connection: Connection, asked: Filter) -> Iterator[ClaimLine]:
    """Claims by their date, those without one last."""
    query = select(claims.c.line).order_by(claims.c.first_day.is_(None), claims.c.first_day, claims.c.id)
    conditions = [
        *_equal(claims, asked, ("type", "status", "factuality")),
        *_between(claims.c.first_day, claims.c.last_day, asked),
        *_sides(claim_parties, claim_parties.c.claim, claims.c.id, asked),
    ]
    told = select(events.c.claim).where(events.c.current)
    if asked.outlet:
        conditions.append(claims.c.id.in_(told.where(events.c.outlet == asked.outlet)))
    if asked.text:
        conditions.append(claims.c.id.in_(told.where(events.c.key.in_(_matching("event_words", asked.text)))))
    if asked.article:
        of_article = select(articles.c.key).where(articles.c.id == asked.article)
        conditions.append(claims.c.id.in_(told.where(events.c.article.in_(of_article))))
    for row in _rows(connection, query.where(*conditions), asked):
        yield ClaimLine.model_validate_json(row.line)


def list_articles(connection: Connection, asked: Filter) -> Iterator[ArticleLine]:
    """Articles in the order in which they came into the ledger; a side takes part in one of an article's events."""
    origin, copy = articles.alias("origin"), articles.alias("copy")
    copies = select(func.count()).where(copy.c.family == articles.c.family, copy.c.current, articles.c.current)
    query = (
        select(articles, origin.c.id.label("origin_id"), copies.scalar_subquery().label("copies"))
        .join(families, families.c.key == articles.c.family)
        .join(origin, origin.c.key == families.c.origin)
        .order_by(articles.c.key)
    )
    day = func.substr(articles.c.published, 1, 10)
    conditions = [
        *([] if asked.all_versions else [articles.c.current]),
        *_equal(articles, asked, ("outlet",)),
        *_between(day, day, asked),
    ]
    if asked.article:
        conditions.append(articles.c.id == asked.article)
    about_events = [
        *_equal(events, asked, ("type", "factuality")),
        *_sides(event_parties, event_parties.c.event, events.c.key, asked),
    ]
    if about_events:
        conditions.append(exists().where(events.c.article == articles.c.key, *about_events))
    if asked.text:
        in_events = select(events.c.article).where(events.c.key.in_(_matching("event_words", asked.text)))
        in_statements = select(statements.c.article).where(statements.c.key.in_(_matching("statement_words", asked.text)))
        conditions.append(or_(articles.c.key.in_(in_events), articles.c.key.in_(in_statements)))
    for row in _rows(connection, query.where(*conditions), asked):
        fields = {name: row._mapping[articles.c[name]] for name in ArticleLine.model_fields if name in articles.c}
        yield ArticleLine(**fields, origin=row.origin_id, copies=max(row.copies - 1, 0))


def _rows(connection: Connection, query: Select[Any], asked: Filter) -> CursorResult[Any]:
    query = query.limit(asked.limit) if asked.limit is not None else query
    return connection.execute(query.execution_options(yield_per=_AT_ONCE))


def _equal(rows: Table, asked: Filter, names: tuple[str, ...]) -> list[ColumnElement[bool]]:
    return [rows.c[name] == value for name in names if (value := getattr(asked, name))]


def _between(first: ColumnElement[Any], last: ColumnElement[Any], asked: Filter) -> list[ColumnElement[bool]]:
    """Rows whose days touch the asked time; comparing a day with a shorter date works on their common beginning."""
    conditions = []
    if asked.since:
        conditions.append(last >= asked.since)
    if asked.until:
        conditions.append(first <= asked.until + "~")
    return conditions


def _sides(parties: Table, owner: ColumnElement[Any], key: ColumnElement[Any], asked: Filter) -> list[ColumnElement[bool]]:
    roles = ("speaker", "about") if parties is statement_parties else ("actor", "recipient")
    conditions = []
    if asked.side:
        conditions.append(_takes_part(parties, owner, key, asked.side, roles))
    if asked.pair:
        acts, suffers = ((roles[0],), (roles[1],))
        ways = [
            and_(
                _takes_part(parties, owner, key, actor, acts),
                _takes_part(parties, owner, key, recipient, suffers),
            )
            for actor, recipient in ((asked.pair.one, asked.pair.other), (asked.pair.other, asked.pair.one))
        ]
        conditions.append(or_(*ways))
    return conditions


def _takes_part(
    parties: Table, owner: ColumnElement[Any], key: ColumnElement[Any], side: str, roles: tuple[str, ...]
) -> ColumnElement[bool]:
    return key.in_(select(owner).where(parties.c.role.in_(roles), _is_side(parties, side)))


def _is_side(parties: Table, side: str) -> ColumnElement[bool]:
    country = _COUNTRY.fullmatch(side)
    if country is None:
        name = side.partition(":")[2] or side
        return parties.c.ref.in_([side] if ":" in side else [f"org:{name}", f"group:{name.lower()}", f"org:{name.upper()}"])
    if country[2]:
        return and_(parties.c.country == country[1], parties.c.sector == country[2])
    return or_(parties.c.country == side, parties.c.ref == f"org:{side}")


def _matching(words: str, text: str) -> Select[Any]:
    """Keys of the rows that hold all words of a text; words in double quotes stand one after another."""
    searched = table(words, column("rowid"))
    return select(searched.c.rowid).where(literal_column(words).op("MATCH")(_phrases(text)))


def _phrases(text: str) -> str:
    quoted = [part.strip() for part in re.findall(r'"([^"]*)"|(\S+)', text.replace("\0", " ")) for part in part if part.strip()]
    phrases = [phrase.replace('"', "") for phrase in quoted if re.search(r"\w", phrase)]
    if not phrases:
        raise DragomanError(f"--text {text!r}: holds no word to look for")
    return " ".join(f'"{phrase}"' for phrase in phrases)
