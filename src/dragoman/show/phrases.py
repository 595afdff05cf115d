"""The parts of a record in words: who, whom, when, where, told as what, according to whom."""

from bisect import bisect_right
from typing import NamedTuple

from dragoman.mark.sentences import Sentence, split_sentences
from dragoman.record import Entity, Event, Mention, Place, Record, Span, Statement, When
from dragoman.show.terminal import one_line

_BEFORE, _AFTER = 34, 44
"""Characters of context shown around a trigger."""


class InContext(NamedTuple):
    """A trigger with a few words of its sentence on either side, in one line; blanks next to the trigger are kept."""

    before: str
    trigger: str
    after: str


class Phrases:
    """Says the parts of one record in short words."""

    def __init__(self, record: Record) -> None:
        self._text = record.article.text
        self._entities = {entity.id: entity for entity in record.entities}
        self._sentences = split_sentences(self._text) if self._text else []
        self._disputed_by: dict[str, list[str]] = {}
        for event in record.events:
            for disputed in event.disputes:
                self._disputed_by.setdefault(disputed, []).append(event.id)

    def name(self, mention: Mention) -> str:
        """The name of whom the words mean, else the words themselves."""
        entity = self._entity(mention)
        return one_line(entity.name if entity else self.quoted(mention))

    def stands_for(self, mention: Mention) -> str:
        """Country and sector of whom the words mean, such as `NOR GOV`; empty where neither is known."""
        entity = self._entity(mention)
        return " ".join(part for part in (entity.country, entity.sector) if part) if entity else ""

    def side(self, mention: Mention) -> str:
        """The country of whom the words mean, else their name: the shortest that still tells who it is."""
        entity = self._entity(mention)
        return entity.country if entity and entity.country and entity.country != "UNK" else self.name(mention)

    def distinct(self, mentions: tuple[Mention, ...]) -> list[Mention]:
        """The mentions, each actor once."""
        return list({mention.entity or (mention.start, mention.end): mention for mention in reversed(mentions)}.values())[::-1]

    def about(self, statement: Statement) -> str:
        """The names of whom a statement is about."""
        return ", ".join(one_line(self._entities[i].name) for i in statement.about if i in self._entities)

    def content(self, statement: Statement) -> str:
        """What is said, in one line; its stretches joined by an ellipsis, empty where the text is left out."""
        return " … ".join(words for span in statement.content if (words := one_line(self.quoted(span))))

    def act(self, event: Event) -> str:
        """Type and mode of an act."""
        return f"{event.type} {event.mode}" if event.mode else event.type

    def when(self, when: When | None) -> str:
        """The date as precise as told, or the range, or the time words in quotation marks; empty for none."""
        if when is None:
            return ""
        if when.date:
            return f"{when.date} – {when.until}" if when.until else when.date
        return f"“{one_line(when.text)}”" if when.text else ""

    def where(self, place: Place | None) -> str:
        """The place's name with its country; empty for none."""
        if place is None:
            return ""
        name = one_line(place.name or place.text or "")
        return f"{name} {place.country}" if place.country and place.country != name else name

    def in_context(self, event: Event) -> InContext:
        """The trigger among the neighbouring words of its sentence."""
        trigger = event.trigger
        words = one_line(self.quoted(trigger))
        if self._text is None:
            return InContext("", words, "")
        sentence = self._sentence_of(trigger)
        before = _last_words(self._text[sentence.start : trigger.start], _BEFORE)
        after = _first_words(self._text[trigger.end : max(sentence.end, trigger.end)], _AFTER)
        return InContext(before, words, after)

    def links(self, event: Event) -> list[str]:
        """How an event hangs together with other parts of the record, and the magnitudes told with it."""
        links = [one_line(f"{n.value:g} {n.what}" if n.value is not None and n.what else n.text or "") for n in event.numbers]
        if event.same_as:
            links.append(f"same act as {event.same_as}")
        if event.disputes:
            links.append(f"disputes {', '.join(event.disputes)}")
        if event.id in self._disputed_by:
            links.append(f"disputed by {', '.join(self._disputed_by[event.id])}")
        if event.statement:
            links.append(f"in {event.statement}")
        return links

    def quoted(self, span: Span) -> str:
        """The words of a span, from the text where the record holds it."""
        return self._text[span.start : span.end] if self._text is not None else span.text or ""

    def _entity(self, mention: Mention) -> Entity | None:
        return self._entities.get(mention.entity) if mention.entity else None

    def _sentence_of(self, span: Span) -> Sentence:
        at = bisect_right(self._sentences, span.start, key=lambda sentence: sentence.start) - 1
        return self._sentences[at] if at >= 0 else Sentence(span.start, span.end)


def _last_words(text: str, limit: int) -> str:
    words = one_line(text) if len(text) <= limit else "…" + one_line(text[-limit:].partition(" ")[2])
    return f"{words} " if words and text[-1].isspace() else words


def _first_words(text: str, limit: int) -> str:
    words = one_line(text) if len(text) <= limit else one_line(text[:limit].rpartition(" ")[0]) + "…"
    return f" {words}" if words and text[0].isspace() else words
