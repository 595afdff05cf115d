"""Marks: what the model finds in a text, as spans, not yet resolved to anybody or anywhere."""

from dataclasses import dataclass, field
from typing import NamedTuple

from dragoman.record import EventType, Factuality, StatementKind


class Words(NamedTuple):
    """A half-open stretch of the text, in code points."""

    start: int
    end: int

    def overlaps(self, other: "Words") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Words") -> bool:
        """Whether the other lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class MarkedEvent:
    """An event as words. `statement`, `disputes` and `same_as` are indices into the lists of the same `Marks`."""

    type: EventType
    trigger: Words
    confidence: float
    factuality: Factuality = "happened"
    mode: str | None = None
    actors: tuple[Words, ...] = ()
    recipients: tuple[Words, ...] = ()
    asserter: Words | None = None
    when: Words | None = None
    where: Words | None = None
    contexts: tuple[str, ...] = ()
    statement: int | None = None
    disputes: tuple[int, ...] = ()
    same_as: int | None = None
    confidences: dict[str, float] = field(default_factory=dict[str, float])


@dataclass(frozen=True, slots=True)
class MarkedStatement:
    """A statement as words; `content` has one or more stretches, in text order."""

    content: tuple[Words, ...]
    confidence: float
    speaker: Words | None = None
    cue: Words | None = None
    addressee: Words | None = None
    via: Words | None = None
    kind: StatementKind = "indirect"


@dataclass(frozen=True, slots=True)
class Attribution:
    """An attribution in the scheme of the attribution corpus; its content may be in several stretches."""

    content: tuple[Words, ...]
    source: Words | None
    cue: Words | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks of one text, events and statements in text order; `places` are all place words found."""

    events: tuple[MarkedEvent, ...] = ()
    statements: tuple[MarkedStatement, ...] = ()
    places: tuple[Words, ...] = ()
