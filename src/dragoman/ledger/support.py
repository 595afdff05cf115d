"""Who backs an act and what it is then: its support, factuality, status, date and parties."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.ledger.sides import (
    any_same_side,
    is_anonymous,
    opposes,
    same_party,
    same_side,
    shares_country,
    voice,
)
from dragoman.ledger.tellings import Party, Telling
from dragoman.ledger.words import name_words

KINDS = ("narrated", "third", "anonymous", "doer", "recipient", "adversary")
"""Kinds of backing, in the order in which they are shown."""

WEIGHTS = {"narrated": 1.0, "third": 0.8, "anonymous": 0.4, "doer": 0.6, "recipient": 0.6, "adversary": 0.5}
"""What one source of each kind weighs when tellings differ on whether the act took place."""

_NO_PARTY = frozenset({"narrated", "third"})
_OWNED_UP = frozenset({"ASSAULT", "COERCE"})
_UNKNOWN_OWNER = "unknown outlet"


@dataclass(frozen=True, slots=True)
class Backing:
    """One backer of an act: its kind, the party that says so (None for outlets of other owners), and its tellings."""

    kind: str
    source: str
    party: Party | None
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the tellings of one act add up to; fields as in `Claim`."""

    type: str
    factuality: str
    support: tuple[str, ...]
    backing: tuple[Backing, ...]
    independent: int
    against_interest: bool
    deniers: tuple[Party, ...]
    status: str
    date: str | None
    until: str | None
    date_basis: str | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class _Voice:
    """One telling with the kind of its source."""

    telling: Telling
    kind: str
    source: str
    party: Party | None


def weigh(group: Sequence[Telling], against: Sequence[Telling]) -> Weighed:
    """What the tellings of one act, and those that contest it, add up to."""
    actors = _merged(p for t in group for p in t.actors)
    recipients = _merged(p for t in group for p in t.recipients)
    live = [t for t in group if not t.retracted] or list(group)
    voices = [_voiced(t, actors, recipients) for t in live]
    factuality = _factuality(voices)
    backing = _backing([v for v in voices if v.telling.factuality != "denied"])
    support = tuple(k for k in KINDS if any(b.kind == k for b in backing))
    independent = _independent(backing)
    type_ = _commonest([t.type for t in live])
    dated = _dated(live, factuality)
    published = next((t.published for t in live if t.published), None)
    return Weighed(
        type=type_,
        factuality=factuality,
        support=support,
        backing=backing,
        independent=independent,
        against_interest=factuality == "happened" and "doer" in support and type_ in _OWNED_UP,
        deniers=_merged(p for t in against for p in _denier(t)),
        status=_status(group, factuality, support, independent),
        date=dated.date if dated else published,
        until=dated.until if dated else None,
        date_basis="told" if dated else "published" if published else None,
        actors=actors,
        recipients=recipients,
    )


def _merged(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Parties without repeats, the often told first; of several names of one, the one with a key or else the longest."""
    found: list[list[Party]] = []
    for party in parties:
        for same in found:
            if any(same_party(party, p) for p in same):
                same.append(party)
                break
        else:
            found.append([party])
    ranked = sorted(found, key=lambda same: (-len(same), min(same)))
    return tuple(min(same, key=lambda p: (p.ref is None, -len(name_words(p.name)), p)) for same in ranked)


def _voiced(telling: Telling, actors: tuple[Party, ...], recipients: tuple[Party, ...]) -> _Voice:
    asserter = telling.asserter or _owner_in(telling, (*actors, *recipients))
    if asserter is None:
        return _Voice(telling, "narrated", telling.outlet.owner or _UNKNOWN_OWNER, None)
    kind = _kind(asserter, actors, recipients, telling)
    return _Voice(telling, kind, "anonymous" if kind == "anonymous" else voice(asserter), asserter)


def _owner_in(telling: Telling, parties: tuple[Party, ...]) -> Party | None:
    """The owner of the outlet, where it is a party to the act: it then speaks for itself."""
    outlet = telling.outlet
    if outlet.state_run and outlet.country:
        state = Party(outlet.country, "GOV", None, outlet.owner or "")
        return state if any_same_side(state, parties) or any(opposes(state, p) for p in parties) else None
    if outlet.owner:
        names = name_words(outlet.owner)
        return next((p for p in parties if names and p.sector == "JRN" and name_words(p.name) & names), None)
    return None


def _kind(asserter: Party, actors: tuple[Party, ...], recipients: tuple[Party, ...], telling: Telling) -> str:
    if is_anonymous(asserter):
        return "anonymous"
    for same in (same_party, same_side):
        if any(same(asserter, p) for p in actors):
            return "doer"
        if any(same(asserter, p) for p in recipients):
            return "recipient"
    if any(same_side(f, p) for f in telling.foes for p in actors) or any(opposes(asserter, p) for p in actors):
        return "adversary"
    return "recipient" if any(shares_country(asserter, p) for p in recipients) else "third"


def _backing(voices: Sequence[_Voice]) -> tuple[Backing, ...]:
    found: dict[tuple[int, str], list[_Voice]] = defaultdict(list)
    for said in voices:
        found[KINDS.index(said.kind), said.source].append(said)
    return tuple(
        Backing(KINDS[kind], source, said[0].party, tuple(v.telling for v in said))
        for (kind, source), said in sorted(found.items(), key=lambda item: item[0])
    )


def _independent(backing: Sequence[Backing]) -> int:
    """Owners that narrate on their own, one for each family of copies at most, plus parties that say so."""
    owners = {b.source: {t.family for t in b.tellings} for b in backing if b.kind == "narrated"}
    return _paired(owners) + len({b.source for b in backing if b.kind != "narrated"})


def _paired(owners: dict[str, set[str]]) -> int:
    """How many owners can each be given a family of copies of its own (Kuhn's maximum matching)."""
    taken: dict[str, str] = {}

    def placed(owner: str, tried: set[str]) -> bool:
        for family in sorted(owners[owner] - tried):
            tried.add(family)
            if family not in taken or placed(taken[family], tried):
                taken[family] = owner
                return True
        return False

    return sum(placed(owner, set()) for owner in sorted(owners))


def _factuality(voices: Sequence[_Voice]) -> str:
    """Whether the act took place, by the weight of its sources; the doer's denial contests it and does not unmake it."""
    weight = _weights(voices)
    told = [v for v in voices if v.telling.factuality != "denied"]
    if not told:
        return "denied"
    against = sum(w for (kind, fact), w in weight.items() if fact == "denied" and kind in _NO_PARTY)
    happened, planned, possible = (
        sum(w for (_, f), w in weight.items() if f == fact) for fact in ("happened", "planned", "possible")
    )
    if happened and 2 * happened >= possible:
        return "denied" if against > happened else "happened"
    if against and (against >= planned + possible or _last_is_denial(voices)):
        return "denied"
    return "planned" if planned >= possible else "possible"


def _weights(voices: Sequence[_Voice]) -> dict[tuple[str, str], float]:
    """Weight by kind of source and factuality; each source counts once for each."""
    sources = {(v.kind, v.telling.factuality, v.source, v.telling.family if v.kind == "narrated" else "") for v in voices}
    owners = {(kind, fact, source) for kind, fact, source, _ in sources}
    weight: dict[tuple[str, str], float] = defaultdict(float)
    for kind, fact, _ in sorted(owners):
        weight[kind, fact] += WEIGHTS[kind]
    return weight


def _last_is_denial(voices: Sequence[_Voice]) -> bool:
    """Whether the latest day of telling says that a plan came to nothing."""
    last = max((v.telling.published or "" for v in voices), default="")
    days = [v.telling for v in voices if (v.telling.published or "") == last]
    return bool(last) and all(t.factuality == "denied" for t in days)


def _status(group: Sequence[Telling], factuality: str, support: tuple[str, ...], independent: int) -> str:
    if all(t.retracted for t in group):
        return "retracted"
    if factuality != "happened":
        return factuality
    if independent >= 2 and _NO_PARTY & set(support):
        return "corroborated"
    return "reported" if "narrated" in support else "attributed"


def _dated(group: Sequence[Telling], factuality: str) -> Telling | None:
    """The telling with the most precise told date, of those of the claim's factuality where there are any."""
    told = [t for t in group if t.date]
    told = [t for t in told if t.factuality == factuality] or told
    if not told:
        return None
    counts = Counter((t.date, t.until) for t in told)
    return min(told, key=lambda t: (-_precision(t), -counts[t.date, t.until], t.order))


def _precision(telling: Telling) -> int:
    ranged = telling.until is not None and telling.until != telling.date
    return 2 * len(telling.date or "") - ranged


def _commonest(values: Sequence[str]) -> str:
    counts = Counter(values)
    return min(values, key=lambda v: (-counts[v], values.index(v)))


def _denier(telling: Telling) -> tuple[Party, ...]:
    """Who contests: the asserter of a denied telling, the doer of a rejection."""
    if telling.factuality == "denied":
        return (telling.asserter,) if telling.asserter else ()
    return telling.actors or ((telling.asserter,) if telling.asserter else ())
