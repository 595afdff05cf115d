"""Tellings: the events of a record, with all that joining needs of them."""

import datetime
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.ledger.words import content_stems, name_words, plain_words, word_lists, word_weight
from dragoman.mark.sentences import Sentence, split_sentences
from dragoman.record import Entity, Event, Mention, Record

_NEAR = 9
_STORY_WORDS = 40
_HOSTILE = frozenset("ASSAULT COERCE SANCTION THREATEN MOBILIZE".split())
_NUMBER = re.compile(r"\d+")
_PRONOUNS = frozenset(
    "he she they it we i you his her their its our my him them us me himself herself themselves itself who".split()
)


@dataclass(frozen=True, slots=True)
class Party:
    """Who acts, is acted on, or says so. `country` as in the codebook (UNK unknown), `ref` a key of the tables or None."""

    country: str
    sector: str
    ref: str | None
    name: str

    def __lt__(self, other: "Party") -> bool:
        return (self.country, self.sector, self.ref or "", self.name) < (
            other.country,
            other.sector,
            other.ref or "",
            other.name,
        )


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who published an article: `owner` (None unknown), its `country`, `state_run`; `family` is that of copies of one text."""

    owner: str | None = None
    country: str | None = None
    state_run: bool = False
    family: str | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """One event of one article, with all that joining needs of it.

    `asserter` is None where the article itself tells the act. `date` and `until` are as told, `published` is the
    article's day. `words` are stems of the sentence near the trigger, `close` those next to it, `story` the telling words of
    the whole article. `same_as` and `disputes` are event ids of the same article. `foes` are the parties with which the
    article says that the asserter is in conflict. `order` sorts tellings: published first, then article, then text order.
    """

    article: str
    event: str
    type: str
    mode: str | None
    trigger: str
    factuality: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    asserter: Party | None
    date: str | None
    until: str | None
    published: str | None
    place: str | None
    words: frozenset[str]
    close: frozenset[str]
    story: frozenset[str]
    sentence: int
    position: int
    same_as: str | None = None
    disputes: tuple[str, ...] = ()
    foes: tuple[Party, ...] = ()
    outlet: Outlet = Outlet()
    confidence: float = 1.0
    retracted: bool = False

    @property
    def key(self) -> str:
        """`article:event`."""
        return f"{self.article}:{self.event}"

    @property
    def family(self) -> str:
        """The family of copies that the article belongs to, else the article itself."""
        return self.outlet.family or self.article

    @property
    def date_basis(self) -> str | None:
        """`told`, else `published`, else None."""
        return "told" if self.date else "published" if self.published else None

    @property
    def order(self) -> tuple[str, str, int, str]:
        """What tellings are sorted by."""
        return (self.published or "~", self.article, self.position, self.event)


def tellings(record: Record, outlet: Outlet | None = None) -> tuple[Telling, ...]:
    """The events of a record as tellings, in text order. `outlet` says who published it, where that is known."""
    return _Telling(record, outlet or Outlet()).all()


class _Telling:
    """One record on its way to tellings."""

    def __init__(self, record: Record, outlet: Outlet) -> None:
        self._record = record
        self._outlet = outlet
        self._text = record.article.text or ""
        self._sentences = split_sentences(self._text)
        self._starts = [s.start for s in self._sentences]
        self._entities = {e.id: e for e in record.entities}
        self._named = _named_mentions(record.entities)
        self._story = _story(self._text)
        self._conflicts = tuple(
            (self._parties(e.actors), self._parties(e.recipients))
            for e in record.events
            if e.type in _HOSTILE and e.factuality != "denied"
        )

    def all(self) -> tuple[Telling, ...]:
        return tuple(self._telling(e) for e in self._record.events)

    def _telling(self, event: Event) -> Telling:
        sentence = max(0, bisect_right(self._starts, event.trigger.start) - 1)
        actors, recipients = self._parties(event.actors), self._parties(event.recipients)
        asserter = self._party(event.asserter) if event.asserter else None
        own = content_stems(w for m in (*event.actors, *event.recipients) for w in plain_words(m.text or ""))
        published = self._record.article.published
        return Telling(
            article=self._record.article.id,
            event=event.id,
            type=event.type,
            mode=event.mode,
            trigger=event.trigger.text or "",
            factuality=event.factuality,
            actors=actors,
            recipients=recipients,
            asserter=asserter,
            date=event.when.date if event.when else None,
            until=event.when.until if event.when else None,
            published=_day(published),
            place=(event.where.name or event.where.text) if event.where else None,
            words=self._around(sentence, event, None) - own,
            close=self._around(sentence, event, _NEAR) - own,
            story=self._story,
            sentence=sentence,
            position=event.trigger.start,
            same_as=event.same_as,
            disputes=event.disputes,
            foes=self._foes(asserter),
            outlet=self._outlet,
            confidence=event.confidence if event.confidence is not None else 1.0,
        )

    def _around(self, sentence: int, event: Event, window: int | None) -> frozenset[str]:
        """Content stems of the sentence, of at most `window` words on each side of the trigger; without a text, the trigger's."""
        if not self._sentences:
            return content_stems(plain_words(event.trigger.text or ""))
        where: Sentence = self._sentences[sentence]
        before = plain_words(self._text[where.start : event.trigger.start])
        after = plain_words(self._text[event.trigger.end : max(where.end, event.trigger.end)])
        if window is not None:
            before, after = before[-window:], after[:window]
        return content_stems((*before, *after))

    def _parties(self, mentions: Iterable[Mention]) -> tuple[Party, ...]:
        return tuple(dict.fromkeys(self._party(m) for m in mentions))

    def _party(self, mention: Mention) -> Party:
        entity = self._entities.get(mention.entity or "")
        words = mention.text or (entity.name if entity else "")
        if entity is None:
            return Party("UNK", "UNK", None, words)
        country, sector = entity.country or "UNK", entity.sector or "UNK"
        name = entity.name if entity.ref or name_words(entity.name) else words
        if not entity.ref and _is_pronoun(name):
            name = self._antecedent(mention, country, sector) or name
        return Party(country, sector, entity.ref, name)

    def _antecedent(self, mention: Mention, country: str, sector: str) -> str | None:
        """The nearest earlier name of the same country and sector, for a pronoun that no reader has resolved."""
        before = [n for n in self._named if n.start < mention.start and (n.country, n.sector) == (country, sector)]
        return before[-1].name if before else None

    def _foes(self, asserter: Party | None) -> tuple[Party, ...]:
        if asserter is None:
            return ()
        found = {p for one, other in self._conflicts for p in _opposite(asserter, one, other)}
        return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class _Named:
    start: int
    name: str
    country: str
    sector: str


def _named_mentions(entities: Sequence[Entity]) -> list[_Named]:
    found = [
        _Named(m.start, e.name, e.country or "UNK", e.sector or "UNK") for e in entities if name_words(e.name) for m in e.mentions
    ]
    return sorted(found, key=lambda n: (n.start, n.name))


def _opposite(asserter: Party, one: tuple[Party, ...], other: tuple[Party, ...]) -> tuple[Party, ...]:
    side = (asserter.country, asserter.sector)
    if any((p.country, p.sector) == side for p in one):
        return other
    return one if any((p.country, p.sector) == side for p in other) else ()


def _is_pronoun(name: str) -> bool:
    words = [w.lower() for w in plain_words(name)]
    return bool(words) and all(w in _PRONOUNS for w in words)


def _story(text: str) -> frozenset[str]:
    """The stems that mark a text: often said in it, seldom elsewhere."""
    counts = Counter(s for w in plain_words(text) for s in content_stems((w,)))
    ranked = sorted(counts, key=lambda s: (-min(counts[s], 4) * word_weight(s), s))
    return frozenset(ranked[:_STORY_WORDS])


def _day(published: str | None) -> str | None:
    return datetime.datetime.fromisoformat(published).date().isoformat() if published else None


def plural_told(telling: Telling) -> bool:
    """Whether the words next to the trigger say that the act was done more than once."""
    return bool(telling.close & content_stems(word_lists().plural_markers))


def numbers_told(words: frozenset[str]) -> frozenset[str]:
    """The figures among words."""
    return frozenset(w for w in words if _NUMBER.search(w))
