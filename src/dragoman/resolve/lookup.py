"""What a name resolves to, and why."""

import datetime
import re
from dataclasses import dataclass
from functools import cache
from string import ascii_lowercase
from urllib.parse import urlsplit

from rapidfuzz import process
from rapidfuzz.distance import Indel

from dragoman.errors import InputError
from dragoman.mark.marks import MarkedStatement, Marks, Words
from dragoman.record import EntityKind
from dragoman.resolve.casting import Casting
from dragoman.resolve.facts import UNKNOWN, Known, day_number
from dragoman.resolve.gazetteer import gazetteer
from dragoman.resolve.names import folded
from dragoman.resolve.rows import read_rows
from dragoman.resolve.story import Story, scan
from dragoman.resolve.tables import HERE, Tables, tables
from dragoman.resolve.tokens import name_key

SLIP = 0.78
"""Share of letters that two names have in common in order, from which one is taken for a slip of the other."""

SURE_SLIP = 0.88
"""The same, where a name is a slip rather than words to be read."""

GENERIC = frozenset(
    """county province state district region governorate prefecture oblast department river lake island islands mount mountains
    mountain city town port gulf bay sea strait cape valley republic kingdom pulau isle isles peninsula people the of""".split()
)
"""Words beside a place's own name; without them it is looked for again."""

LONGEST = 300
"""Characters of the longest name that is looked up; what is longer is a text."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name means on a date. `why` tells in words how it was found, `source` the table and line, or None."""

    name: str
    ref: str | None
    kind: EntityKind | None
    country: str
    sector: str
    role: str | None
    why: str
    source: str | None = None


def lookup(name: str, date: datetime.date | None = None, near: str | None = None, facts: Tables | None = None) -> Resolution:
    """What a name resolves to as of a date, in the surroundings of a text `near`, where it may be told.

    >>> lookup("the Kremlin").country
    'RUS'

    Raises InputError for a name that is empty or longer than 300 characters.
    """
    asked = name.strip()
    if not asked:
        raise InputError("the name", "is empty; give a name such as 'Quai d’Orsay'")
    if len(asked) > LONGEST:
        raise InputError(
            f"the name {asked[:30]!r}…", f"has {len(asked)} characters; give at most {LONGEST}, or read it as an article"
        )
    facts = facts or tables()
    text = f"{asked}\n\n{near}" if near else asked
    story = scan(text, day_number(date), facts, caseless=len(asked))
    named = _named(story, asked, facts)
    if named is not None:
        return named
    for guess in (_exonym(asked, facts), _place(asked), _slip(asked, facts, SURE_SLIP)):
        if guess is not None:
            return guess
    words = Words(0, len(asked))
    actor = Casting(story, Marks(statements=(MarkedStatement((words,), 1.0, words),))).cast(words)[0]
    if actor.country == UNKNOWN and (slip := _slip(asked, facts, SLIP) or _misspelled_place(asked)) is not None:
        return slip
    why = "read from its words" if actor.country != UNKNOWN else "no table knows it and its words tell no country"
    return Resolution(actor.name, actor.ref, actor.kind, actor.country, actor.sector, actor.role, why)


def _named(story: Story, asked: str, facts: Tables) -> Resolution | None:
    """The actor of the tables that the whole name means."""
    meanings = tuple(facts.names.get(name_key(asked), ()))
    if not meanings:
        persons = facts.surnames.get(name_key(asked), [])
        if not persons:
            return None
        known = max(persons, key=lambda k: (k.holds(story.day), story.weight_of(k.on(story.day).country)))
        return _told(known, story, "the name alone by which news calls this person")
    meaning = story.choose(meanings, 0)
    known = story.state(meaning.known)
    return _told(known, story, str(meaning.naming) + (f", one of {len(meanings)} meanings" if len(meanings) > 1 else ""))


def _told(known: Known, story: Story, why: str) -> Resolution:
    standing = known.on(story.day)
    country = standing.country
    if known.choices:
        near = story.country_near(0, known.choices)
        country = known.choices[0] if near == UNKNOWN else near
        why += f"; of {', '.join(known.choices)} the text decides"
    if standing.former:
        why += "; no longer in office on that date"
    return Resolution(known.name, known.ref, known.kind, country, standing.sector, standing.role, why, known.source)


def _place(asked: str) -> Resolution | None:
    """The government of the country in which a place of that name lies."""
    country = place_country(asked)
    if country is None:
        words = [w for w in re.split(r"[\s-]+", asked) if w.lower() not in GENERIC]
        parts = (" ".join(words[i:j]) for i, j in _runs(len(words)) if j - i >= len(words) - 1)
        country = next((found for part in parts if len(part) >= 4 and (found := place_country(part))), None)
    if country is None:
        return None
    return Resolution(asked, None, "government", country, "GOV", None, "a place of the gazetteer, which stands for its country")


def _exonym(asked: str, facts: Tables) -> Resolution | None:
    """The state that another language calls so."""
    words = name_key(asked).split(" ")
    parts = (" ".join(words[i:j]) for i, j in _runs(len(words)))
    iso3 = next((found for part in parts if (found := _exonyms().get(part)) and len(part) >= 5), None)
    if iso3 is None:
        return None
    state = facts.states[iso3]
    return Resolution(state.name, state.ref, state.kind, iso3, "GOV", None, "its name in another language", "exonyms.csv")


def _runs(n: int) -> list[Words]:
    """All stretches of n words, longest first."""
    return [Words(i, i + length) for length in range(n, 0, -1) for i in range(n - length + 1)]


@cache
def _exonyms() -> dict[str, str]:
    rows = read_rows(HERE / "exonyms.csv", ("iso3", "names"))
    return {name_key(name): row.fields["iso3"] for row in rows for name in row.list("names")}


def _slip(asked: str, facts: Tables, least: float) -> Resolution | None:
    """The state or place whose name is spelled nearly so."""
    key = name_key(asked)
    if len(key) < 5:
        return None
    found = process.extractOne(key, _spellings(facts), scorer=Indel.normalized_similarity, score_cutoff=least)
    if found is None:
        return None
    iso3 = _spellings_to_state(facts)[found[0]]
    state = facts.states[iso3]
    return Resolution(state.name, state.ref, state.kind, iso3, "GOV", None, f"spelled nearly as {found[0]!r}", state.source)


def _spellings(facts: Tables) -> list[str]:
    return list(_spellings_to_state(facts))


def _spellings_to_state(facts: Tables) -> dict[str, str]:
    cached: dict[str, str] | None = facts.__dict__.get("_spellings")
    if cached is None:
        cached = {
            key: meanings[0].known.on(None).country
            for key, meanings in facts.names.items()
            if len(key) >= 5
            and meanings[0].known.table in ("countries", "regions")
            and meanings[0].known.on(None).country in facts.states
        }
        cached |= {key: iso3 for key, iso3 in _exonyms().items() if len(key) >= 5 and key not in cached}
        facts.__dict__["_spellings"] = cached
    return cached


def _misspelled_place(asked: str) -> Resolution | None:
    """The government of the country of the weightiest place whose name, or a part of it, is one letter away."""
    words = [w for w in folded(asked).split() if w not in GENERIC]
    for i, j in _runs(len(words)):
        key = " ".join(words[i:j])
        if len(key) < 6:
            continue
        found = (c for other in (key, *_one_letter_away(key)) if (c := _weightiest(other)) is not None)
        if (best := max(found, default=None)) is not None:
            entry = gazetteer().entry(best[1])
            if entry.country is not None:
                why = f"spelled nearly as {entry.name!r}, a place of the gazetteer"
                return Resolution(entry.name, None, "government", entry.country, "GOV", None, why)
    return None


def _one_letter_away(key: str) -> set[str]:
    """All keys with one letter left out, put in, changed, or two neighbours swapped."""
    parts = [(key[:i], key[i:]) for i in range(len(key) + 1)]
    away = {a + b[1:] for a, b in parts if b} | {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    away |= {a + c + b[1:] for a, b in parts if b for c in ascii_lowercase}
    return away | {a + c + b for a, b in parts for c in ascii_lowercase}


def _weightiest(key: str) -> tuple[int, int] | None:
    """Weight and row of the weightiest place with a folded name."""
    places = gazetteer()
    return max(((int(places.weight[row]), int(row)) for row in places.rows_of_key(key).tolist()), default=None)


def place_country(name: str) -> str | None:
    """The country of the weightiest place of that name in the gazetteer, None for a name that is no place's."""
    places = gazetteer()
    rows = places.rows(name)
    if not len(rows):
        return None
    best = max((int(places.weight[row]), -at) for at, row in enumerate(rows.tolist()))
    return places.entry(int(rows[-best[1]])).country


def outlet(name: str | None, url: str | None, facts: Tables) -> Known | None:
    """The medium of an outlet's name or, failing that, of the site that an article's address is on."""
    for meaning in facts.names.get(name_key(name), ()) if name else ():
        if meaning.known.kind == "medium":
            return meaning.known
    host = (urlsplit(url).hostname or "") if url else ""
    while "." in host:
        if host in facts.outlets:
            return facts.outlets[host]
        host = host.split(".", 1)[1]
    return None
