"""What the tables of facts hold: names, the actors they mean, and for whom these act, by date."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from dragoman.record import EntityKind

UNKNOWN = "UNK"
INTERGOVERNMENTAL = "IGO"
TRANSNATIONAL = "INT"

SECTORS = frozenset("GOV LEG JUD MIL COP SPY PTY OPP REB PRM UAF CRM IGO NGO BUS JRN CVL LAB EDU MED REL REF ELI SOC UNK".split())
"""The codebook's sector codes."""

OFFICIAL = frozenset("GOV LEG JUD MIL COP SPY IGO".split())
"""Sectors whose members are former officials (ELI) once out of office."""

EVER = 99999999
"""A day after all days, as `Term` counts them."""


class Term(NamedTuple):
    """For whom an actor acts from one day to another.

    Days are numbers like 20231019. `since` and `until` are the widest reading of a date known to its year or month,
    `surely_since` and `surely_until` the narrowest.
    """

    country: str
    sector: str
    role: str | None
    since: int = 0
    until: int = EVER
    surely_since: int = 0
    surely_until: int = EVER


class Standing(NamedTuple):
    """What an actor is on a day: the country and sector acted for, the role; `former` when the last term is over."""

    country: str
    sector: str
    role: str | None
    former: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """An actor of the tables. `terms` in order of time; `choices` are the countries among which the story decides.

    `source` is the file and line of its first row; `gender` m, f or empty; `parent` the state that a territory
    belongs to or that a historic state's name means after its end.
    """

    ref: str
    name: str
    kind: EntityKind
    terms: tuple[Term, ...]
    source: str
    gender: str = ""
    choices: tuple[str, ...] = ()
    parent: str = ""
    table: str = ""

    def on(self, day: int | None) -> Standing:
        """What this actor is on a day; without a day, what the last term says."""
        if day is None:
            return Standing(*self.terms[-1][:3])
        for term in reversed(self.terms):
            if term.since <= day <= term.until:
                return Standing(*term[:3])
        past = [t for t in self.terms if t.until < day]
        if past:
            country, sector, role = past[-1][:3]
            if country == INTERGOVERNMENTAL and self.kind == "person":
                country = next((t.country for t in reversed(past) if t.country != INTERGOVERNMENTAL), country)
            return Standing(country, "ELI" if self.kind == "person" and sector in OFFICIAL else sector, role, former=True)
        country, sector, _ = self.terms[0][:3]
        return Standing(country, sector, None)

    def last_before(self, day: int | None) -> Term | None:
        """The last term that was over before the day."""
        past = [t for t in self.terms if day is not None and t.until < day]
        return past[-1] if past else None

    def holds(self, day: int | None) -> bool:
        """Whether some term covers the day."""
        return day is None or any(t.since <= day <= t.until for t in self.terms)

    def over(self, day: int | None) -> bool:
        """Whether all terms ended before the day."""
        return day is not None and all(t.until < day for t in self.terms)


class Naming(StrEnum):
    """How a name means its actor."""

    NAME = "name"
    ALIAS = "other name"
    DEMONYM = "demonym"
    CAPITAL = "capital, which stands for its government"
    SEAT = "seat of power, which stands for its government"
    SURNAME = "surname"


class Meaning(NamedTuple):
    """One actor that a name may mean. `capitals`: only when written in capitals; `article`: only after "the"."""

    known: Known
    naming: Naming
    capitals: bool = False
    lower: bool = False
    article: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """A word for persons, bodies or things that act. `inherits`: its sector is that of what it belongs to, where known."""

    phrase: str
    sector: str
    role: str | None
    kind: str
    inherits: bool
    countries: tuple[str, ...] = ()
    gender: str = ""
    single: bool = False
    plural: bool = False


def day_number(date: datetime.date | None) -> int | None:
    """A day as the number that terms count in, such as 20231019."""
    return None if date is None else date.year * 10000 + date.month * 100 + date.day
