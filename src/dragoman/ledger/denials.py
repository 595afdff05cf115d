"""Which events deny or contest which acts."""

import datetime
import math
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dragoman.ledger.grouping import Stories
from dragoman.ledger.joining import Prepared, prepare
from dragoman.ledger.sides import same_party, same_side
from dragoman.ledger.tellings import Party, Telling
from dragoman.ledger.words import content_stems, plain_words, similarity, word_lists

Group = tuple[Telling, ...]

_REFUSALS = frozenset("assist yield meet".split())
_NOT_CONTESTED = frozenset("SUPPORT CONCEDE THREATEN".split())


@dataclass(frozen=True, slots=True)
class Points:
    """What each sign that a denial means an act counts; the file `denials.toml` explains each."""

    doer: float
    asserter: float
    same_sentence: float
    sentence_before: float
    words: float
    told_by_party: float
    accusation: float
    often: float
    denied_beside: float
    least: float
    days: int


@cache
def _points() -> Points:
    return Points(**tomllib.loads(Path(__file__).with_name("denials.toml").read_text("utf8"))["points"])


@dataclass(frozen=True, slots=True)
class Denials:
    """The events that contest each group of tellings, by the group's first telling."""

    by_group: dict[str, Group]

    def of(self, group: Group) -> Group:
        """The events that contest a group, in the order of tellings."""
        return self.by_group.get(group[0].key, ())


def tie_denials(groups: Sequence[Group]) -> Denials:
    """Ties denied tellings to the act they deny, and rejections to the act whose telling they contest."""
    return _Tying(groups).denials()


def is_rejection(telling: Telling) -> bool:
    """Whether an event says that something told is not so."""
    if telling.type != "REJECT" or telling.factuality != "happened" or telling.mode in _REFUSALS:
        return False
    return bool({w.lower() for w in plain_words(telling.trigger)} & word_lists().denying)


class _Tying:
    """All groups, with what finding the act that a denial means needs."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._group_of = {t.key: g for g in groups for t in g}
        self._all = [t for g in groups for t in g]
        self._stories = Stories()
        self._in_article: dict[str, list[Telling]] = defaultdict(list)
        self._by_country: dict[str, list[Telling]] = defaultdict(list)
        for t in self._all:
            self._in_article[t.article].append(t)
            for country in _countries((*t.actors, *t.recipients, *((t.asserter,) if t.asserter else ()))):
                self._by_country[country].append(t)

    def denials(self) -> Denials:
        found: dict[str, set[str]] = defaultdict(set)
        for denial in self._all:
            for group in self._contested(denial):
                found[group[0].key].add(denial.key)
        known = {t.key: t for t in self._all}
        return Denials({k: tuple(sorted((known[d] for d in ds), key=lambda t: t.order)) for k, ds in found.items()})

    def _contested(self, denial: Telling) -> Iterable[Group]:
        if told := [self._group_of[k] for d in denial.disputes if (k := f"{denial.article}:{d}") in self._group_of]:
            return told
        if denial.factuality == "denied":
            own = self._group_of[denial.key]
            return (own,) if denial.asserter or any(t.factuality != "denied" for t in own) else ()
        return self._best(denial) if is_rejection(denial) else ()

    def _best(self, denial: Telling) -> Iterable[Group]:
        """The act that a rejection most likely means, if it is likely enough."""
        ready = prepare(denial)
        scored = [(self._score(ready, t), t) for t in self._near(denial)]
        scored = [s for s in scored if s[0] >= _points().least]
        if not scored:
            return ()
        best = min(scored, key=lambda s: (-s[0], abs(s[1].position - denial.position), s[1].order))[1]
        return (self._group_of[best.key],)

    def _near(self, denial: Telling) -> Iterable[Telling]:
        countries = _countries((*denial.actors, *denial.recipients))
        across = {t.key: t for c in countries for t in self._by_country[c]}
        near = {t.key: t for t in self._in_article[denial.article]} | across
        own = self._group_of[denial.key]
        return [t for t in near.values() if self._group_of[t.key] is not own and self._may_mean(denial, t)]

    def _may_mean(self, denial: Telling, told: Telling) -> bool:
        if told.type in _NOT_CONTESTED:
            return False
        if told.type == "REJECT" and told.factuality != "denied" and not told.asserter:
            return False
        if told.article == denial.article:
            return True
        if not denial.published or not told.published or not self._stories.alike(denial, told):
            return False
        gap = _days_between(told.published, denial.published)
        return -1 <= gap <= _points().days

    def _score(self, denial: Prepared, told: Telling) -> float:
        points, said = _points(), denial.telling
        deniers = said.actors or ((said.asserter,) if said.asserter else ())
        own = bool(told.asserter and any(same_party(told.asserter, d) for d in deniers))
        if told.factuality == "denied":
            total = points.denied_beside if own and told.article == said.article else -points.least
        elif own or (told.type == "ACCUSE" and any(same_party(a, d) for a in told.actors for d in deniers)):
            return 0.0
        else:
            total = self._contest(deniers, said, told)
        if told.article == said.article:
            apart = said.sentence - told.sentence
            total += points.same_sentence if apart == 0 else points.sentence_before if 0 < apart <= 2 else 0.0
        return total + points.words * similarity(said.words, told.words | content_stems(plain_words(told.trigger)))

    def _contest(self, deniers: Sequence[Party], said: Telling, told: Telling) -> float:
        points = _points()
        total = 0.0
        if told.type == "ACCUSE":
            accused = any(same_side(r, d) for r in told.recipients for d in deniers)
            total += points.accusation * accused
            if any(same_party(a, r) for a in told.actors for r in said.recipients):
                total += points.accusation
            return total
        total += points.doer * any(same_side(a, d) for a in told.actors for d in deniers)
        if told.asserter:
            total += points.told_by_party
            total += points.asserter * any(same_party(told.asserter, r) for r in said.recipients)
        total += points.often * math.log(len(self._group_of[told.key]))
        return total


def _countries(parties: Iterable[Party]) -> set[str]:
    return {p.country for p in parties} - {"UNK"}


def _days_between(first: str, last: str) -> int:
    return (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days
