"""The record: what reading one article yields. Its parts are those of the public contract, `docs/reference/record.md`."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from dragoman.article import Article, text_hash

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Factuality = Literal["happened", "planned", "possible", "denied"]
StatementKind = Literal["direct", "indirect", "mixed"]
EntityKind = Literal["person", "government", "organisation", "armed_group", "country", "medium", "group"]
PlaceKind = Literal["city", "region", "country", "water", "site"]
NumberKind = Literal["killed", "injured", "arrested", "participants", "items", "money"]


class Part(BaseModel):
    """Base of all parts of a record: immutable, and open to fields of later versions."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Span(Part):
    """A stretch of the article's text: offsets in Unicode code points, `end` exclusive; `text` quotes it."""

    start: int
    end: int
    text: str | None = None


class Mention(Span):
    """Words that stand for an actor; `entity` is the id of the entity that they mean."""

    entity: str | None = None


class Entity(Part):
    """An actor of the article. `country` is ISO 3166 alpha-3 or IGO, INT, UNK; `sector` a code of the codebook."""

    id: str
    ref: str | None = None
    name: str
    kind: EntityKind | None = None
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    mentions: tuple[Span, ...] = ()


class When(Part):
    """Time words of an event. `date` is YYYY, YYYY-MM or YYYY-MM-DD, as precise as told; `until` closes a range."""

    start: int | None = None
    end: int | None = None
    text: str | None = None
    date: str | None = None
    until: str | None = None


class Place(Part):
    """Words that mean a place, resolved as far as known; a country or region never has a city's coordinates."""

    start: int | None = None
    end: int | None = None
    text: str | None = None
    name: str | None = None
    kind: PlaceKind | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geoname: int | None = None


class Number(Span):
    """A magnitude told with an act, such as 12 killed."""

    value: float | None = None
    what: NumberKind | None = None


class Event(Part):
    """One act told at one place of the article.

    `confidence` is calibrated for trigger and type; `confidences` holds the same for actors, recipients, factuality and
    asserter. `asserter` is None when the article itself tells the act. `disputes` and `same_as` are ids of events.
    """

    id: str
    type: EventType
    mode: str | None = None
    confidence: float | None = Field(default=None, ge=0, le=1)
    confidences: dict[str, float] = {}
    trigger: Span
    actors: tuple[Mention, ...] = ()
    recipients: tuple[Mention, ...] = ()
    factuality: Factuality
    asserter: Mention | None = None
    when: When | None = None
    where: Place | None = None
    contexts: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    statement: str | None = None
    disputes: tuple[str, ...] = ()
    same_as: str | None = None


class Statement(Part):
    """Words, belief or knowledge attributed to a speaker. `about` are entity ids, `events` event ids."""

    id: str
    speaker: Mention | None = None
    cue: Span | None = None
    content: tuple[Span, ...] = ()
    addressee: Mention | None = None
    via: Mention | None = None
    kind: StatementKind | None = None
    about: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    confidence: float | None = Field(default=None, ge=0, le=1)


class RecordedArticle(Part):
    """The article as its record holds it; without its text, `text_sha256` says which text the offsets point into."""

    id: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    lang: str | None = None
    text: str | None = None
    text_sha256: str | None = None


class ReaderInfo(Part):
    """What made a record, so that it can be made again."""

    version: str | None = None
    model: str | None = None


class Record(Part):
    """All that was read in one article."""

    article: RecordedArticle
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    places: tuple[Place, ...] = ()
    reader: ReaderInfo | None = None

    def without_text(self) -> Self:
        """The same record with the article's and the statements' text left out; triggers and names stay quoted."""
        text = self.article.text
        article = self.article.model_copy(
            update={"text": None, "text_sha256": text_hash(text) if text is not None else self.article.text_sha256}
        )
        statements = tuple(
            s.model_copy(update={"content": tuple(c.model_copy(update={"text": None}) for c in s.content)})
            for s in self.statements
        )
        return self.model_copy(update={"article": article, "statements": statements})

    def to_json(self) -> str:
        """One line of JSON, the same for the same record on every machine."""
        return self.model_dump_json(exclude_none=False)


def recorded(article: Article) -> RecordedArticle:
    """The article's entry in its record."""
    return RecordedArticle.model_validate(article.model_dump())
