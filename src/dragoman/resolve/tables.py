"""The tables of facts, loaded and checked: which names mean which actors, and what the words for offices say."""

import gc
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dragoman.errors import TableError
from dragoman.resolve.facts import Known, Meaning, Office
from dragoman.resolve.intake import Intake

HERE = Path(__file__).parent / "tables"


@dataclass(frozen=True)
class Tables:
    """Facts by name. Keys are folded names (`tokens.name_key`).

    `longest` gives for a first word the number of words of the longest name or office that begins with it. `surnames` gives
    the persons called by one name alone, `offices` holds plurals too, `courtesies` titles as Mr with the gender they tell,
    `given` the gender of given names, `pronouns` the words of the reader's language that stand for others.
    """

    names: dict[str, list[Meaning]]
    longest: dict[str, int]
    surnames: dict[str, list[Known]]
    offices: dict[str, Office]
    longest_office: dict[str, int]
    courtesies: dict[str, str]
    given: dict[str, str]
    known: dict[str, Known]
    states: dict[str, Known]
    outlets: dict[str, Known]

    def holder(self, role: str, country: str, day: int | None) -> Known | None:
        """Who alone holds an office of a country on a day, None where nobody or several do."""
        holders = [k for k in self._holders.get(country, ()) if _held(k, role, country, day)]
        return holders[0] if len(holders) == 1 else None

    @property
    def _holders(self) -> dict[str, list[Known]]:
        cached: dict[str, list[Known]] | None = self.__dict__.get("_by_country")
        if cached is None:
            cached = defaultdict(list)
            for known in self.known.values():
                if known.kind == "person":
                    for country in {t.country for t in known.terms}:
                        cached[country].append(known)
            self.__dict__["_by_country"] = cached
        return cached


def _held(known: Known, role: str, country: str, day: int | None) -> bool:
    if day is None:
        return False
    return any(t.role == role and t.country == country and t.since <= day <= t.until for t in known.terms)


def load_tables(extra: Path | None = None) -> Tables:
    """The package's tables, with those of a user's folder laid over them: rows with a known `ref` replace ours.

    Raises TableError naming file and line: an unreadable file, a missing column, an unknown code, a bad date, a key
    given twice, two holders of an office that has one.
    """
    if extra is not None and not extra.is_dir():
        raise TableError(f"{extra}: no folder of tables; give the folder that holds your countries.csv, people.csv and so on")
    with _without_collection():
        intake = Intake()
        intake.take_folder(HERE)
        if extra is not None:
            intake.take_folder(extra)
        intake.check()
        return _tables(intake)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Keeps the garbage collector from going through the many facts that are made here, none of which is garbage."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _tables(intake: Intake) -> Tables:
    return Tables(
        names=intake.names(),
        longest=intake.longest_names(),
        surnames=intake.surnames(),
        offices=intake.offices,
        longest_office=intake.longest_offices(),
        courtesies=intake.courtesies,
        given=intake.given,
        known=intake.known(),
        states=intake.states(),
        outlets=intake.outlets,
    )


@cache
def tables() -> Tables:
    """The package's own tables, loaded once."""
    return load_tables()
