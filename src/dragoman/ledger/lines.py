"""The lines that a ledger lists: one for each event, statement, claim and version of an article.

They are what `--format jsonl` prints; a ledger stores those of events and statements as they were written.
"""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict

from dragoman.record import Entity, Event, Mention, Number, Place, Record, Span, Statement, When


class Line(BaseModel):
    """Base of all lines."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    def to_json(self) -> str:
        """One line of JSON."""
        return self.model_dump_json()

    def without_text(self) -> "Line":
        """The line without the article's own text; the words of triggers and names stay."""
        return self


class PartyLine(Mention):
    """Words that stand for an actor, with what the reader knows of the actor."""

    ref: str | None = None
    name: str | None = None
    country: str | None = None
    sector: str | None = None


class Told(Line):
    """An event of an article."""

    article: str
    event: str


class EventLine(Line):
    """An event with its article and the claim that it tells; offsets point into the article's text."""

    article: str
    event: str
    claim: str | None = None
    published: str | None = None
    outlet: str | None = None
    type: str
    mode: str | None = None
    factuality: str
    confidence: float | None = None
    trigger: Span
    actors: tuple[PartyLine, ...] = ()
    recipients: tuple[PartyLine, ...] = ()
    asserter: PartyLine | None = None
    when: When | None = None
    where: Place | None = None
    contexts: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    statement: str | None = None
    disputes: tuple[str, ...] = ()
    same_as: str | None = None


class StatementLine(Line):
    """A statement with its article; `about` are the actors whom the content mentions."""

    article: str
    statement: str
    published: str | None = None
    outlet: str | None = None
    speaker: PartyLine | None = None
    cue: Span | None = None
    content: tuple[Span, ...] = ()
    addressee: PartyLine | None = None
    via: PartyLine | None = None
    kind: str | None = None
    about: tuple[PartyLine, ...] = ()
    events: tuple[str, ...] = ()
    confidence: float | None = None

    def without_text(self) -> "StatementLine":
        """The line with the content's offsets alone."""
        return self.model_copy(update={"content": tuple(span.model_copy(update={"text": None}) for span in self.content)})


class ClaimParty(Line):
    """Who stands in a claim: country (ISO 3166 alpha-3), sector, reference and name as known."""

    country: str | None = None
    sector: str | None = None
    ref: str | None = None
    name: str | None = None


class ClaimLine(Line):
    """One act in the world, as all articles tell it. `events` tell it, `disputed_by` contest it."""

    id: str
    type: str
    status: str
    factuality: str
    date: str | None = None
    until: str | None = None
    date_basis: str | None = None
    support: tuple[str, ...] = ()
    independent: int = 0
    against_interest: bool = False
    actors: tuple[ClaimParty, ...] = ()
    recipients: tuple[ClaimParty, ...] = ()
    events: tuple[Told, ...] = ()
    disputed_by: tuple[Told, ...] = ()
    deniers: tuple[ClaimParty, ...] = ()


class ArticleLine(Line):
    """A version of an article. `origin` is the id of the article that its family of copies goes back to.

    `added` is the time at which it came into the ledger, in UTC; `credit` the medium that the text names as its source.
    """

    id: str
    version: int
    current: bool
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    lang: str | None = None
    text_sha256: str
    origin: str
    copies: int
    credit: str | None = None
    events: int
    statements: int
    added: str


def event_line(record: Record, event: Event) -> EventLine:
    """The line of an event, its claim not yet known."""
    known = {entity.id: entity for entity in record.entities}
    told = _shared_fields(event, EventLine, {"id", "actors", "recipients", "asserter"})
    return EventLine(
        article=record.article.id,
        event=event.id,
        published=record.article.published,
        outlet=record.article.outlet,
        actors=_parties(event.actors, known),
        recipients=_parties(event.recipients, known),
        asserter=_party(event.asserter, known),
        **told,
    )


def statement_line(record: Record, statement: Statement) -> StatementLine:
    """The line of a statement."""
    known = {entity.id: entity for entity in record.entities}
    told = _shared_fields(statement, StatementLine, {"id", "speaker", "addressee", "via", "about"})
    return StatementLine(
        article=record.article.id,
        statement=statement.id,
        published=record.article.published,
        outlet=record.article.outlet,
        speaker=_party(statement.speaker, known),
        addressee=_party(statement.addressee, known),
        via=_party(statement.via, known),
        about=tuple(_entity_party(known[id], None) for id in statement.about if id in known),
        **told,
    )


def _shared_fields(part: BaseModel, line: type[Line], apart: set[str]) -> dict[str, Any]:
    return {name: getattr(part, name) for name in type(part).model_fields if name in line.model_fields and name not in apart}


def _parties(mentions: Iterable[Mention], known: dict[str, Entity]) -> tuple[PartyLine, ...]:
    return tuple(party for mention in mentions if (party := _party(mention, known)))


def _party(mention: Mention | None, known: dict[str, Entity]) -> PartyLine | None:
    if mention is None:
        return None
    entity = known.get(mention.entity or "")
    if entity is None:
        return PartyLine(start=mention.start, end=mention.end, text=mention.text, name=mention.text)
    return _entity_party(entity, mention)


def _entity_party(entity: Entity, mention: Mention | None) -> PartyLine:
    first = mention or (entity.mentions[0] if entity.mentions else Span(start=0, end=0))
    return PartyLine(
        start=first.start,
        end=first.end,
        text=first.text,
        entity=entity.id,
        ref=entity.ref,
        name=entity.name,
        country=entity.country,
        sector=entity.sector,
    )
