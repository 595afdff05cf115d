"""Keeps the claims of a ledger up to date: those that a new article touches are joined anew, all others stay as they are.

A new telling can meet those that stand in one of its blocks (`grouping.blocks`) and whose day is near, in articles of one
story. The claims of all of them, and the claims tied to these by a denial, are taken apart and joined again with the new
tellings.
"""

import datetime
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, Executable, bindparam, delete, insert, or_, select, text, update

from dragoman.ledger.claims import Claim, Outlet, Party, Telling, join
from dragoman.ledger.days import days_of
from dragoman.ledger.families import Placing
from dragoman.ledger.grouping import Stories, blocks
from dragoman.ledger.lines import ClaimLine, ClaimParty, Told
from dragoman.ledger.schema import articles, claim_disputes, claim_parties, claims, event_blocks, events, moved_claims

NEAR = 45
"""Days between two tellings, by the told day else the day of publication, from which on they are not compared."""

_VERSION = "\x1f"
"""Stands between an article's id and its version in the names by which tellings are joined."""

_TELLING = TypeAdapter(Telling)
_HOME = update(events).where(events.c.key == bindparam("event")).values(claim=bindparam("home"))
_AT_ONCE = 500
_T = TypeVar("_T")
_MEETING = text("""
    SELECT DISTINCT b.event, b.article FROM json_each(:wanted) w
    JOIN event_blocks b ON b.block = json_extract(w.value, '$[0]')
    AND b.day BETWEEN json_extract(w.value, '$[1]') AND json_extract(w.value, '$[2]')
""")


@dataclass(frozen=True)
class Touched:
    """What a new article changes: its tellings by the key of their event, families merged by it, articles it replaces."""

    article: int
    told: Mapping[int, Telling]
    placing: Placing
    replaced: Sequence[int]


def stored_telling(telling: Telling) -> str:
    """A telling as a ledger keeps it; the words of its story stand with its article."""
    return _TELLING.dump_json(replace(telling, story=frozenset())).decode()


def join_claims(connection: Connection, touched: Touched) -> None:
    """Brings the claims up to date after an article was written."""
    _keep_blocks(connection, touched)
    taken = _tied(connection, _touched_claims(connection, touched))
    told = _tellings(connection, taken, touched.told)
    keys = {telling.key: key for key, telling in told.items()}
    members = [_Members(claim, tuple(sorted(keys[t.key] for t in claim.tellings))) for claim in _joined(told.values())]
    named = _named(connection, members, told, taken)
    _replace(connection, taken, named, keys)


def _joined(told: Iterable[Telling]) -> Iterable[Claim]:
    """The claims of tellings; those that a copy of an article repeats word for word go where the first of them goes.

    A text that a hundred papers print is compared once.
    """
    repeated: dict[Telling, list[Telling]] = {}
    for telling in sorted(told, key=lambda t: t.order):
        same = _words_alone(telling)
        if same in repeated and all(t.article != telling.article for t in repeated[same]):
            repeated[same].append(telling)
        else:
            repeated[replace(same, article=telling.article, event=telling.event) if same in repeated else same] = [telling]
    copies = {first.key: (first, *others) for first, *others in repeated.values()}
    for claim in join(first for first, *_ in repeated.values()):
        tellings, disputed_by = (_with_copies(some, copies) for some in (claim.tellings, claim.disputed_by))
        yield replace(claim, tellings=tellings, disputed_by=disputed_by)


def _words_alone(telling: Telling) -> Telling:
    """What is the same in a copy: all but the article, its outlet and day, and where in it the words stand."""
    family = Outlet(family=telling.family)
    return replace(
        telling, article="", event="", published=None, outlet=family, story=frozenset(), sentence=0, position=0, same_as=None,
        disputes=(), foes=(), confidence=1.0,
    )  # fmt: skip


def _with_copies(tellings: Iterable[Telling], copies: Mapping[str, Sequence[Telling]]) -> tuple[Telling, ...]:
    return tuple(sorted((copy for t in tellings for copy in copies[t.key]), key=lambda t: t.order))


@dataclass(frozen=True)
class _Members:
    """A claim and the keys of the events that tell it, in the order in which they came into the ledger."""

    claim: Claim
    events: tuple[int, ...]


@dataclass(frozen=True)
class _Named:
    """A claim under the id that it has in the ledger."""

    id: str
    members: _Members


def _keep_blocks(connection: Connection, touched: Touched) -> None:
    rows = [
        {"block": block, "day": _day(telling), "event": key, "article": touched.article}
        for key, telling in touched.told.items()
        for block in blocks(telling)
    ]
    _write(connection, insert(event_blocks), rows)


def _day(telling: Telling) -> str:
    """The day by which a telling is found: the told one where its month is known, else that of publication."""
    told = telling.date if telling.date and len(telling.date) >= 7 else None
    return days_of(told, None).first or telling.published or ""


def _touched_claims(connection: Connection, touched: Touched) -> set[str]:
    """Claims that the new tellings may belong to, and those whose count of sources or tellings changes."""
    met = _meeting(connection, touched.told)
    found = _claims_where(connection, events.c.key, met)
    found |= _claims_where(connection, events.c.article, touched.replaced)
    if touched.placing.merged:
        merged = select(articles.c.key).where(articles.c.family == touched.placing.family)
        found |= _claims_where(connection, events.c.article, list(connection.scalars(merged)))
    return found


def _meeting(connection: Connection, told: Mapping[int, Telling]) -> set[int]:
    """Events of articles of the same story that share a block with a new telling, near in time."""
    wanted = sorted({(block, *_near(_day(telling))) for telling in told.values() for block in blocks(telling)})
    if not wanted:
        return set()
    rows = connection.execute(_MEETING, {"wanted": json.dumps(wanted)}).all()
    new = next(iter(told.values()))
    stories = _stories(connection, {row.article for row in rows})
    alike = Stories()
    near = {article for article, story in stories.items() if alike.alike(new, replace(new, article=f"\0{article}", story=story))}
    return {row.event for row in rows if row.article in near}


def _near(day: str) -> tuple[str, str]:
    if not day:
        return ("", "~")
    middle = datetime.date.fromisoformat(day).toordinal()
    first, last = max(1, middle - NEAR), min(datetime.date.max.toordinal(), middle + NEAR)
    return (datetime.date.fromordinal(first).isoformat(), datetime.date.fromordinal(last).isoformat())


def _stories(connection: Connection, keys: Iterable[int]) -> dict[int, frozenset[str]]:
    found: dict[int, frozenset[str]] = {}
    for some in _portions(sorted(keys)):
        rows = connection.execute(select(articles.c.key, articles.c.story).where(articles.c.key.in_(some)))
        found |= {row.key: _story(row.story) for row in rows}
    return found


def _tied(connection: Connection, ids: set[str]) -> set[str]:
    """These claims and all that denials tie to them, directly or by others."""
    reached, fresh = set(ids), set(ids)
    while fresh:
        disputing: set[str] = set()
        for some in _portions(sorted(fresh)):
            tied = select(claim_disputes.c.claim, events.c.claim).join(events, events.c.key == claim_disputes.c.event)
            for row in connection.execute(tied.where(or_(claim_disputes.c.claim.in_(some), events.c.claim.in_(some)))):
                disputing |= set(row)
        fresh = {id for id in disputing if id is not None} - reached
        reached |= fresh
    return reached


def _claims_where(connection: Connection, column: ColumnElement[Any], values: Collection[int]) -> set[str]:
    found: set[str] = set()
    for some in _portions(sorted(values)):
        query = select(events.c.claim).distinct().where(column.in_(some), events.c.claim.is_not(None))
        found |= set(connection.scalars(query))
    return found


def _tellings(connection: Connection, taken: Collection[str], new: Mapping[int, Telling]) -> dict[int, Telling]:
    """The tellings of these claims and the new ones, by the key of their event, as the ledger knows them now."""
    columns = [events.c.key, events.c.telling, events.c.current, articles.c.version, articles.c.family, articles.c.story]
    query = select(*columns).join(articles, articles.c.key == events.c.article)
    found: dict[int, Telling] = {}
    portions = [events.c.claim.in_(some) for some in _portions(sorted(taken))]
    portions += [events.c.key.in_(some) for some in _portions(sorted(new))]
    for portion in portions:
        for row in connection.execute(query.where(portion)):
            stored = _parsed(row.telling)
            found[row.key] = replace(
                stored,
                article=_version_name(stored.article, row.version),
                story=_story(row.story),
                outlet=replace(stored.outlet, family=str(row.family)),
                retracted=not row.current,
            )
    return dict(sorted(found.items()))


def _version_name(article: str, version: int) -> str:
    """Tells the versions of an article apart, whose events often have the same ids."""
    return article if version == 1 else f"{article}{_VERSION}{version}"


def _named(
    connection: Connection, members: Sequence[_Members], told: Mapping[int, Telling], taken: Collection[str]
) -> list[_Named]:
    """Names each claim by its first telling in the ledger; an id that was given up gets a number behind it."""
    wanted = {f"claim:{told[found.events[0]].key.replace(_VERSION, '#')}": found for found in members}
    given_up: set[str] = set()
    for some in _portions(sorted(wanted.keys() - taken)):
        given_up |= set(connection.scalars(select(moved_claims.c.id).where(moved_claims.c.id.in_(some))))
    return [_Named(_unused(connection, id, taken) if id in given_up else id, found) for id, found in wanted.items()]


def _unused(connection: Connection, wanted: str, taken: Collection[str]) -> str:
    id, number = wanted, 1
    while id not in taken and connection.scalar(select(moved_claims.c.id).where(moved_claims.c.id == id)) is not None:
        number += 1
        id = f"{wanted}~{number}"
    return id


def _replace(connection: Connection, taken: Collection[str], named: Sequence[_Named], keys: Mapping[str, int]) -> None:
    """Puts the claims in the place of those that were taken apart, whose ids lead to them from now on."""
    lines = {claim.id: _claim_line(claim) for claim in named}
    before = _lines(connection, taken)
    changed = [claim for claim in named if before.get(claim.id) != lines[claim.id].to_json()]
    first_events = _first_events(connection, taken - lines.keys())
    _delete(connection, {*(claim.id for claim in changed), *(taken - lines.keys())} & before.keys())
    _write(connection, insert(claims), [_claim_row(claim, lines[claim.id]) for claim in changed])
    _write(connection, insert(claim_parties), [row for claim in changed for row in _party_rows(lines[claim.id])])
    disputes = [{"claim": c.id, "event": keys[t.key]} for c in changed for t in c.members.claim.disputed_by]
    _write(connection, insert(claim_disputes), disputes)
    _write(connection, _HOME, [{"event": event, "home": claim.id} for claim in changed for event in claim.members.events])
    home = {event: claim.id for claim in named for event in claim.members.events}
    _write(connection, insert(moved_claims), [{"id": id, "to": home[event]} for id, event in sorted(first_events.items())])


def _lines(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in _portions(sorted(ids)):
        for row in connection.execute(select(claims.c.id, claims.c.line).where(claims.c.id.in_(some))):
            found[row.id] = row.line
    return found


def _first_events(connection: Connection, ids: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in _portions(sorted(ids)):
        for row in connection.execute(select(events.c.claim, events.c.key).where(events.c.claim.in_(some))):
            found[row.claim] = min(row.key, found.get(row.claim, row.key))
    return found


def _delete(connection: Connection, ids: Collection[str]) -> None:
    for some in _portions(sorted(ids)):
        connection.execute(delete(claim_disputes).where(claim_disputes.c.claim.in_(some)))
        connection.execute(delete(claim_parties).where(claim_parties.c.claim.in_(some)))
        connection.execute(delete(claims).where(claims.c.id.in_(some)))


def _claim_line(named: _Named) -> ClaimLine:
    claim = named.members.claim
    counting = [t for t in claim.tellings if not t.retracted] or claim.tellings
    return ClaimLine(
        id=named.id,
        type=claim.type,
        status=claim.status,
        factuality=claim.factuality,
        date=claim.date,
        until=claim.until,
        date_basis=claim.date_basis,
        support=claim.support,
        independent=claim.independent,
        against_interest=claim.against_interest,
        actors=_parties(claim.actors),
        recipients=_parties(claim.recipients),
        events=_told(counting),
        disputed_by=_told(t for t in claim.disputed_by if not t.retracted),
        deniers=_parties(claim.deniers),
    )


def _told(tellings: Iterable[Telling]) -> tuple[Told, ...]:
    return tuple(Told(article=telling.article.partition(_VERSION)[0], event=telling.event) for telling in tellings)


def _parties(parties: Iterable[Party]) -> tuple[ClaimParty, ...]:
    return tuple(ClaimParty(country=p.country, sector=p.sector, ref=p.ref, name=p.name) for p in parties)


def _claim_row(named: _Named, line: ClaimLine) -> dict[str, Any]:
    days = days_of(line.date, line.until)
    return {
        "id": named.id,
        "type": line.type,
        "status": line.status,
        "factuality": line.factuality,
        "first_day": days.first,
        "last_day": days.last,
        "line": line.to_json(),
    }


def _party_rows(line: ClaimLine) -> list[dict[str, Any]]:
    return [
        {"claim": line.id, "role": role, "place": place, "country": party.country, "sector": party.sector, "ref": party.ref}
        for role, parties in (("actor", line.actors), ("recipient", line.recipients))
        for place, party in enumerate(parties)
    ]


@lru_cache(maxsize=20_000)
def _parsed(stored: str) -> Telling:
    return _TELLING.validate_json(stored)


@lru_cache(maxsize=20_000)
def _story(stored: str | None) -> frozenset[str]:
    return frozenset(json.loads(stored)) if stored else frozenset()


def _write(connection: Connection, statement: Executable, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(statement, rows)


def _portions(values: Sequence[_T]) -> Iterable[Sequence[_T]]:
    """Parts of a list that the database takes as one list of values."""
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))
