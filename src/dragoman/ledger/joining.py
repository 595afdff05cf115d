"""How likely two tellings tell the same act: what is compared, and how it is weighed."""

import datetime
import math
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dragoman.errors import TableError
from dragoman.ledger.tellings import Party, Telling, numbers_told, plural_told
from dragoman.ledger.words import content_stems, generic_words, name_words, plain_words, similarity, stem, word_lists, word_weight
from dragoman.resolve.facts import UNKNOWN

_VERBAL = frozenset("AGREE SUPPORT CONCEDE REQUEST ACCUSE REJECT THREATEN".split())
_MUTUAL = frozenset("CONSULT AGREE COOPERATE ASSAULT".split())
_NEAR_DAYS, _FAR_DAYS, _OLD_DAYS = 1, 14, 60


@dataclass(frozen=True, slots=True)
class Days:
    """A told date as the days that it may mean, as ordinals; `exact` when told to the day."""

    first: int
    last: int
    exact: bool

    def gap(self, other: "Days") -> int:
        """Days between the two, 0 where they overlap."""
        return max(0, self.first - other.last, other.first - self.last)


@dataclass(frozen=True, slots=True)
class Side:
    """A party with the words that its name is compared by."""

    party: Party
    names: frozenset[str]
    generic: frozenset[str]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A telling with all that comparing would else compute again for each pair."""

    telling: Telling
    actors: tuple[Side, ...]
    recipients: tuple[Side, ...]
    names: frozenset[str]
    generic: frozenset[str]
    asserter: Side | None
    trigger: frozenset[str]
    kinds: frozenset[str]
    words: frozenset[str]
    close: frozenset[str]
    numbers: frozenset[str]
    days: Days | None
    published: int | None
    place: frozenset[str]
    several: bool


def prepare(telling: Telling) -> Prepared:
    """The telling, ready to be compared."""
    trigger = [w.lower() for w in plain_words(telling.trigger)]
    kinds = word_lists().kinds
    stems = frozenset(map(stem, trigger))
    actors, recipients = tuple(map(_side, telling.actors)), tuple(map(_side, telling.recipients))
    return Prepared(
        telling=telling,
        actors=actors,
        recipients=recipients,
        names=frozenset(n for s in (*actors, *recipients) for n in s.names),
        generic=frozenset(n for s in (*actors, *recipients) for n in s.generic),
        asserter=_side(telling.asserter) if telling.asserter else None,
        trigger=content_stems(trigger) or stems,
        kinds=frozenset(k for s in stems for k in kinds.get(s, ())),
        words=telling.words,
        close=telling.close,
        numbers=numbers_told(telling.close),
        days=days_of(telling.date, telling.until),
        published=_ordinal(telling.published),
        place=generic_words(telling.place) if telling.place else frozenset(),
        several=plural_told(telling),
    )


def _side(party: Party) -> Side:
    return Side(party, _with_initials(name_words(party.name), party.name), generic_words(party.name))


def _with_initials(names: frozenset[str], name: str) -> frozenset[str]:
    """Names with their initials, so that "E.U." and "European Union" meet."""
    plain = frozenset(n.replace(".", "") for n in names)
    capitals = [w for w in plain_words(name) if w[:1].isupper()]
    initials = "".join(w[0] for w in capitals).lower()
    return plain | {initials} if len(capitals) > 1 and len(plain) > 1 else plain


def days_of(date: str | None, until: str | None) -> Days | None:
    """The days that a told date (YYYY, YYYY-MM or YYYY-MM-DD, closed by `until`) may mean; None for none that can be read."""
    first, last = _bound(date, start=True), _bound(until or date, start=False)
    if first is None or last is None:
        return None
    return Days(first, max(first, last), date is not None and len(date) == 10 and first == last)


def _bound(date: str | None, *, start: bool) -> int | None:
    if not date:
        return None
    parts = date[:10].split("-")
    try:
        numbers = [int(p) for p in parts]
        if len(numbers) == 3:
            return datetime.date(*numbers).toordinal()
        year, month = numbers[0], numbers[1] if len(numbers) > 1 else (1 if start else 12)
        if start:
            return datetime.date(year, month, 1).toordinal()
        following = datetime.date(year + month // 12, month % 12 + 1, 1)
        return following.toordinal() - 1
    except ValueError:
        return None


def _ordinal(day: str | None) -> int | None:
    return datetime.date.fromisoformat(day).toordinal() if day else None


def compare(one: Prepared, other: Prepared) -> dict[str, float]:
    """What speaks for and against two tellings telling the same act, by name; missing names are 0."""
    found: dict[str, float] = {"always": 1.0}
    _compare_acts(one, other, found)
    _compare_parties(one, other, found)
    _compare_words(one, other, found)
    _compare_days(one, other, found)
    _compare_telling(one, other, found)
    return found


def _compare_acts(one: Prepared, other: Prepared, found: dict[str, float]) -> None:
    a, b = one.telling, other.telling
    found["type: other"] = float(a.type != b.type)
    found[f"type: {a.type}"] = float(a.type == b.type)
    if a.mode and b.mode:
        found["mode: same" if a.mode == b.mode else "mode: other"] = 1.0
    if shared := one.trigger & other.trigger:
        found["trigger: same"] = 1.0
        found["trigger: rare"] = max(map(word_weight, shared))
        found["trigger: whole"] = float(one.trigger == other.trigger)
    elif one.kinds and other.kinds:
        found["trigger: kind" if one.kinds & other.kinds else "trigger: other kind"] = 1.0
    elif one.trigger & other.close or other.trigger & one.close:
        found["trigger: near"] = 1.0
    found["several: one"] = float(one.several != other.several)


def _compare_parties(one: Prepared, other: Prepared, found: dict[str, float]) -> None:
    actors, recipients = _match(one.actors, other.actors), _match(one.recipients, other.recipients)
    a, b = one.actors + one.recipients, other.actors + other.recipients
    if one.telling.type in _MUTUAL or other.telling.type in _MUTUAL:
        found[f"parties: {_match(a, b)}"] = 1.0
    found[f"actors: {actors}"] = 1.0
    found[f"recipients: {recipients}"] = 1.0
    if {"name", "ref"} >= {actors, recipients}:
        found["both: name"] = 1.0
    if "differ" in (actors, recipients) or "land" in (actors, recipients):
        swapped = _match(one.actors, other.recipients), _match(one.recipients, other.actors)
        found["parties: swapped"] = float(any(s in {"name", "ref"} for s in swapped))
    found["parties: unlike number"] = (
        float(len(one.actors) != len(other.actors)) / 2 + float(len(one.recipients) != len(other.recipients)) / 2
    )


_LEVELS = ("ref", "name", "generic", "alike", "same side", "land", "unknown", "differ")


def _match(one: tuple[Side, ...], other: tuple[Side, ...]) -> str:
    """How well two lists of parties agree: the best of their pairs."""
    if not one or not other:
        return "both untold" if not one and not other else "one untold"
    return _LEVELS[min(_level(a, b) for a in one for b in other)]


def _level(one: Side, other: Side) -> int:
    """The place in `_LEVELS` of two parties."""
    a, b = one.party, other.party
    if a.ref and a.ref == b.ref:
        return 0
    if one.names & other.names:
        return 1
    both_named = bool(one.names and other.names)
    alike = bool(one.generic & other.generic)
    if UNKNOWN in (a.country, b.country):
        return 2 if alike else 6
    return _level_by_codes(a, b, alike and not both_named, both_named)


def _level_by_codes(a: Party, b: Party, alike: bool, both_named: bool) -> int:
    if a.country != b.country:
        return 7
    if alike:
        return 2
    if a.sector == b.sector:
        return 4 if both_named else 3
    return 5


def _compare_words(one: Prepared, other: Prepared, found: dict[str, float]) -> None:
    found["words: near"] = similarity(one.close, other.close)
    found["words: sentence"] = similarity(one.words, other.words)
    common = one.telling.story & other.telling.story
    found["words: own"] = similarity(one.words - common, other.words - common)
    found["words: none"] = float(not one.words & other.words)
    if one.telling.article != other.telling.article:
        found["words: story"] = similarity(one.telling.story, other.telling.story)
    if one.numbers and other.numbers:
        found["figures: same" if one.numbers & other.numbers else "figures: other"] = 1.0
    if one.place and other.place:
        found["place: same" if one.place & other.place else "place: other"] = 1.0


def _compare_days(one: Prepared, other: Prepared, found: dict[str, float]) -> None:
    if one.days and other.days:
        gap = one.days.gap(other.days)
        if gap == 0:
            found["date: same day" if one.days.exact and other.days.exact else "date: agrees"] = 1.0
        else:
            name = "near" if gap <= _NEAR_DAYS else "off" if gap <= _FAR_DAYS else "far"
            found[f"date: {name}"] = 1.0
            found["date: gap"] = math.log1p(gap) / 5
    elif one.days or other.days:
        dated, undated = (one, other) if one.days else (other, one)
        _compare_with_publication(dated, undated, found)
    if one.published is not None and other.published is not None:
        found["published: gap"] = math.log1p(abs(one.published - other.published)) / 5


def _compare_with_publication(dated: Prepared, undated: Prepared, found: dict[str, float]) -> None:
    """A told date against the publication of an undated telling, which tells what is past or, when planned, to come."""
    assert dated.days
    if undated.published is None:
        return
    before = undated.published - dated.days.last
    if before < -_NEAR_DAYS and undated.telling.factuality == "happened":
        found["date: after the other's publication"] = 1.0
    elif before > _OLD_DAYS:
        found["date: long before the other's publication"] = 1.0
    else:
        found["date: before the other's publication"] = 1.0


def _compare_telling(one: Prepared, other: Prepared, found: dict[str, float]) -> None:
    a, b = one.telling, other.telling
    if a.factuality != b.factuality:
        found["factuality: " + " / ".join(sorted((a.factuality, b.factuality)))] = 1.0
    if (one.asserter is None) != (other.asserter is None):
        found["asserter: one"] = 1.0
    elif one.asserter and other.asserter:
        same = _level(one.asserter, other.asserter) <= 3
        found["asserter: same" if same else "asserter: other"] = 1.0
    if a.article == b.article:
        apart = abs(a.sentence - b.sentence)
        found["sentence: same"] = float(apart == 0)
        found["sentence: next"] = float(apart == 1)
        found["sentence: apart"] = math.log1p(apart) / 3


def on_other_days(one: Prepared, other: Prepared) -> bool:
    """Whether both are told as past, on days too far apart for one act."""
    if one.days is None or other.days is None or {one.telling.factuality, other.telling.factuality} != {"happened"}:
        return False
    return one.days.gap(other.days) > _NEAR_DAYS


def are_strangers(one: Prepared, other: Prepared) -> bool:
    """Whether two tellings of different types name parties that have no word in common: not worth comparing."""
    if one.telling.type == other.telling.type or not one.names or not other.names:
        return False
    return not one.names & other.names and not one.generic & other.generic


def groups_of_weights(one: Prepared, other: Prepared) -> tuple[str, ...]:
    """The weights that count for a pair: those of all pairs, and those of its kind."""
    place = "within" if one.telling.article == other.telling.article else "across"
    return ("all", place, "verbal") if one.telling.type in _VERBAL else ("all", place)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each thing found counts, by kind of pair, and the average that tellings of one claim must reach."""

    tables: dict[tuple[str, ...], dict[str, float]]
    threshold: float


@cache
def weights() -> Weights:
    """The weights of the package, made by `training/claims.py`.

    Raises TableError where the file lacks a table.
    """
    path = Path(__file__).with_name("joining.toml")
    table = tomllib.loads(path.read_text("utf8"))
    try:
        return summed(table["weights"], table["threshold"])
    except KeyError as missing:
        raise TableError(f"{path}: {missing} is missing; make the file anew with python -m training.claims") from None


def summed(parts: dict[str, dict[str, float]], threshold: float) -> Weights:
    """Weights of each kind of pair, from the weights of all pairs and those that a kind adds."""
    kinds = [("all", place, *more) for place in ("within", "across") for more in ((), ("verbal",))]
    names = {n for part in parts.values() for n in part}
    return Weights({kind: {n: sum(parts[k].get(n, 0.0) for k in kind) for n in names} for kind in kinds}, threshold)


def likelihood(one: Prepared, other: Prepared, using: Weights) -> float:
    """How likely two tellings tell the same act, 0 to 1."""
    table = using.tables[groups_of_weights(one, other)]
    score = sum(table.get(name, 0.0) * value for name, value in compare(one, other).items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
