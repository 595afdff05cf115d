"""From marks to a record: whom, when and where the marked words mean."""

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from dragoman.article import Article
from dragoman.mark.marks import MarkedEvent, MarkedStatement, Marks, Words
from dragoman.mark.sentences import split_sentences
from dragoman.record import (
    Entity,
    Event,
    Mention,
    Number,
    Place,
    ReaderInfo,
    Record,
    Span,
    Statement,
    When,
    recorded,
)
from dragoman.resolve.dates import Resolved, TimeContext, resolve_time
from dragoman.resolve.entities import ResolvedEntities, resolve_entities
from dragoman.resolve.numbers import find_numbers
from dragoman.resolve.places import PlaceContext, resolve_places
from dragoman.resolve.tables import Tables

VERBAL = frozenset("AGREE CONSULT SUPPORT CONCEDE REQUEST ACCUSE REJECT THREATEN".split())
"""Types of acts that are done in words, and so may be performed by a statement."""


def resolve(article: Article, marks: Marks, reader: ReaderInfo | None = None, facts: Tables | None = None) -> Record:
    """The record of an article from its marks: mentions to entities, time words to dates, place words to coordinates.

    `facts` are the tables to resolve by, the package's own by default.
    """
    return _Resolution(article, marks, facts).record(reader)


class _Resolution:
    """One article on its way from marks to a record."""

    def __init__(self, article: Article, marks: Marks, facts: Tables | None) -> None:
        self._article = article
        self._text = article.text
        self._marks = marks
        self._entities = resolve_entities(article, marks, facts)
        self._sentences = split_sentences(article.text)
        self._places = self._resolved_places()

    def record(self, reader: ReaderInfo | None) -> Record:
        dates = self._dates()
        numbers = self._numbers()
        events = tuple(self._event(i, e, dates[i], numbers[i]) for i, e in enumerate(self._marks.events))
        statements = tuple(self._statement(i, s, events) for i, s in enumerate(self._marks.statements))
        stands = set(self._marks.places)
        return Record(
            article=recorded(self._article),
            entities=self._entities.entities,
            events=events,
            statements=statements,
            places=tuple(place for words, place in sorted(self._places.items()) if words in stands),
            reader=reader,
        )

    def _event(self, number: int, event: MarkedEvent, when: When | None, numbers: tuple[Number, ...]) -> Event:
        return Event(
            id=_event_id(number),
            type=event.type,
            mode=event.mode,
            confidence=event.confidence,
            confidences=event.confidences,
            trigger=self._span(event.trigger),
            actors=self._mentions(event.actors),
            recipients=self._mentions(event.recipients),
            factuality=event.factuality,
            asserter=self._mention(event.asserter),
            when=when,
            where=self._places.get(event.where) if event.where else None,
            contexts=event.contexts,
            numbers=numbers,
            statement=_statement_id(event.statement) if event.statement is not None else None,
            disputes=tuple(map(_event_id, event.disputes)),
            same_as=_event_id(event.same_as) if event.same_as is not None else None,
        )

    def _statement(self, number: int, statement: MarkedStatement, events: Sequence[Event]) -> Statement:
        return Statement(
            id=_statement_id(number),
            speaker=self._mention(statement.speaker),
            cue=self._span(statement.cue) if statement.cue else None,
            content=tuple(map(self._span, statement.content)),
            addressee=self._mention(statement.addressee),
            via=self._mention(statement.via),
            kind=statement.kind,
            about=tuple(e.id for e in self._entities.entities if _mentioned_in(e, statement.content)),
            events=tuple(e.id for e in events if self._belongs(e, statement)),
            confidence=statement.confidence,
        )

    def _belongs(self, event: Event, statement: MarkedStatement) -> bool:
        """Whether the event is told inside the statement, or done by saying it."""
        trigger = Words(event.trigger.start, event.trigger.end)
        if any(c.holds(trigger) for c in statement.content):
            return True
        speaker = self._entities.id(statement.speaker)
        spoken = statement.cue is not None and statement.cue.overlaps(trigger)
        return spoken and event.type in VERBAL and speaker is not None and any(a.entity == speaker for a in event.actors)

    def _span(self, words: Words) -> Span:
        return Span(start=words.start, end=words.end, text=self._text[words.start : words.end])

    def _mention(self, words: Words | None) -> Mention | None:
        return self._mentions((words,))[0] if words else None

    def _mentions(self, spans: Iterable[Words]) -> tuple[Mention, ...]:
        """A mention for each entity that words mean: "the two leaders" are two."""
        return tuple(
            Mention(start=w.start, end=w.end, text=self._text[w.start : w.end], entity=entity)
            for w in spans
            for entity in self._entities.ids(w) or (None,)
        )

    def _dates(self) -> list[When | None]:
        """Dates of all events; words such as "two days earlier" count from the date told before them."""
        published = self._article.published_date
        timeline: list[Resolved] = []
        known: dict[tuple[Words, str], When] = {}
        dates: list[When | None] = []
        for event in self._marks.events:
            if event.when is None:
                dates.append(None)
                continue
            key = (event.when, event.factuality)
            if key not in known:
                known[key] = self._when(event, published, timeline)
            dates.append(known[key])
        return dates

    def _when(self, event: MarkedEvent, published: datetime.date | None, timeline: list[Resolved]) -> When:
        assert event.when is not None
        words = self._text[event.when.start : event.when.end]
        found = resolve_time(words, published, TimeContext(event.factuality, tuple(timeline)))
        if found:
            timeline.append(found)
        return When(
            start=event.when.start,
            end=event.when.end,
            text=words,
            date=found.date if found else None,
            until=found.until if found else None,
        )

    def _numbers(self) -> list[tuple[Number, ...]]:
        starts = [s.start for s in self._sentences]
        found = []
        for event in self._marks.events:
            sentence = self._sentences[max(0, bisect_right(starts, event.trigger.start) - 1)]
            found.append(find_numbers(self._text, event.trigger, Words(*sentence)))
        return found

    def _resolved_places(self) -> dict[Words, Place]:
        wanted = sorted({*self._marks.places, *(e.where for e in self._marks.events if e.where)})
        countries = tuple(dict.fromkeys(e.country for e in self._entities.entities if e.country))
        found = resolve_places(self._text, wanted, PlaceContext(self._article.title, countries))
        return dict(zip(wanted, found, strict=True))


def _mentioned_in(entity: Entity, content: Sequence[Words]) -> bool:
    return any(c.start <= m.start and m.end <= c.end for m in entity.mentions for c in content)


def _event_id(number: int) -> str:
    return f"e{number + 1}"


def _statement_id(number: int) -> str:
    return f"s{number + 1}"


__all__ = ["ResolvedEntities", "resolve"]
