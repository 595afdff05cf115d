"""Place words to places: which of the places of that name the story means.

Every name gets one meaning an article: the weightiest place (people, capital, state) that fits the countries and divisions
that the story names, lies near its other places, and inside what follows it after a comma ("Paris, Texas").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from dragoman.mark.marks import Words
from dragoman.record import Place, PlaceKind
from dragoman.resolve.gazetteer import AREA, CITY, COUNTRY, COUNTY, REGION, SITE, WATER, Rows, gazetteer
from dragoman.resolve.names import folded
from dragoman.resolve.place_words import Token, find_place_words, matches, peoples, rows_of, tokens_of, word_list

__all__ = ["PlaceContext", "find_place_words", "resolve_places"]

Floats = npt.NDArray[np.float64]

_KINDS: dict[int, PlaceKind] = {
    CITY: "city", REGION: "region", COUNTY: "region", AREA: "region", COUNTRY: "country", WATER: "water", SITE: "site",
}  # fmt: skip
_LOCAL = np.array([kind in (CITY, COUNTY, SITE, REGION) for kind in range(len(_KINDS))])
_ROUNDS = 3
_MOST_TIMES = 5.0
_NEAR_KM = 165.0
_KM_A_DEGREE = 111.2
_CONTEXT_TOWN_WEIGHT = 7000
_EMBEDDED_WEIGHT = 5000
_LONE_WEIGHT = 5150
"""Least weight (140,000 people) of a place that is believed though nothing else of the story lies in its country or near."""
_LIST_MARGIN = 1000
_SUPPORT = 0.9
_REACH = 1400.0
"""Characters over which a place named elsewhere loses as much hold on unknown words as its company in the story can give."""
_DIRECTION = re.compile(
    r"^(?:the )?(?:(?:far |mid|)?(?:north|south|east|west|northern|southern|eastern|western|northeast|northwest|"
    r"southeast|southwest|"
    r"north ?eastern|north ?western|south ?eastern|south ?western|central|upper|lower|inner|outer|rural|coastal|mainland|greater|"
    r"downtown|midtown|uptown|metropolitan|occupied|neighboring|neighbouring|nearby|post war|war torn)[ -])+"
)  # fmt: skip
_HEAD = re.compile(
    r"^(?:the )?(?:republic|state|province|district|region|county|governorate|city|town|village|port|port city|"
    r"island|emirate|kingdom|commune|municipality|department|prefecture|gulf|valley) of (?:the )?"
)
_TAIL = re.compile(
    r" (?P<kind>state|province|county|district|region|governorate|oblast|prefecture|republic|territory|"
    r"department|canton|emirate|krai|"
    r"city|town|village|township|municipality|borough|suburb|neighborhood|neighbourhood|lga|local government "
    r"area|metropolitan area|area|metro area|"
    r"island|islands|isle|peninsula|valley|river|sea|lake|coast|desert|border|frontier|line|mountains?)$"
)  # fmt: skip
_DIVISIONS = frozenset(
    "state province county district region governorate oblast prefecture republic territory department canton "
    "emirate krai lga".split()
)
_AFTER = re.compile(r",\s+(?=[A-Z])|\s+\((?=[A-Z])|\s+in\s+(?:the\s+)?(?=[A-Z])|\s*,\s+in\s+(?:the\s+)?(?=[A-Z])")


_LISTED = re.compile(r",\s+(?:and\s+)?[A-Z]|\s+and\s+[A-Z]")


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What is known of a story besides its text: title, countries of its actors (ISO 3166-1 alpha-3), its outlet's country."""

    title: str | None = None
    countries: tuple[str, ...] = ()
    home: str | None = None


@dataclass(frozen=True, slots=True)
class Weighing:
    """How much each sign counts in choosing; fitted on the training files of GeoWebNews and GeoVirus."""

    people: float = 0.75
    own_name: float = 0.8
    country_kind: float = 1.1
    region_kind: float = -0.5
    county_kind: float = -0.5
    area_kind: float = -0.7
    site_kind: float = -0.5
    land: float = 0.9
    division: float = 0.3
    near: float = 1.25
    inside: float = 6.0
    company: float = 1.75


WEIGHING = Weighing()


@dataclass(slots=True)
class _Name:
    """One name of the story with the rows that it may mean; `times` how often it stands there."""

    key: str
    rows: Rows
    times: float = 1.0
    anchors: list[int] = field(default_factory=list)
    lands: set[int] = field(default_factory=set)
    embedded: bool = False
    directed: bool = False


def resolve_places(text: str, places: Sequence[Words], story: PlaceContext | None = None) -> tuple[Place, ...]:
    """The places that words of a text mean, in the words' order; what is not known has no coordinates.

    A demonym is placed at its country. A site that the gazetteer does not know ("Harare City Council") stands at the place in its
    name, else at the nearest place that the story names, with kind site and no GeoNames id.
    """
    if not places:
        return ()
    story = story or PlaceContext()
    names: dict[str, _Name] = {}
    asked = [_asked(text, words, names) for words in places]
    _add_context(text, names, 1.0)
    if story.title and story.title not in text:
        _add_context(story.title, names, 1.0)
    known = list(names.values())
    chosen = _chosen(known, story, WEIGHING)
    rows = {name.key: choice.row for name, choice in zip(known, chosen, strict=True) if choice.believed}
    located = [(anchor, rows[name.key]) for name in known for anchor in name.anchors if name.key in rows and not name.embedded]
    return tuple(
        _placed(text, words, names[key] if key else None, rows.get(key or ""), located)
        for words, key in zip(places, asked, strict=True)
    )


def _asked(text: str, words: Words, names: dict[str, _Name]) -> str | None:
    """Enter the name that given words carry; its key, None when no part of them is known."""
    surface = text[words.start : words.end]
    key = folded(re.sub(r"[’']s$", "", surface.strip()))
    name = names.get(key) or understood(surface, key)
    if name is None:
        return None
    if key in names:
        name.times += 1
    names[key] = name
    name.anchors.append(words.start)
    name.lands |= _lands_after(text, words.end, name)
    return key


def understood(surface: str, key: str) -> "_Name | None":
    """What the gazetteer knows for some words: as they are, as a demonym, without generic words, else by a place in them."""
    plain = key.removeprefix("the ")
    if plain in peoples():
        return _Name(key, np.array([peoples()[plain]]))
    for direct in (key, plain):
        if rows := rows_of(direct):
            return _Name(key, np.array(rows))
    if (generic := _without_generic(plain)) is not None:
        return _Name(key, generic)
    directed = _DIRECTION.sub("", plain)
    if directed != plain and (rows := rows_of(directed)):
        return _Name(key, np.array(rows), directed=True)
    return _embedded(surface, key)


def _without_generic(plain: str) -> Rows | None:
    """Rows for "Benue State", "Osun state", "city of Aden": of divisions where the generic word is one."""
    headless = _HEAD.sub("", plain)
    if headless != plain and (rows := rows_of(headless)):
        return np.array(rows)
    tail = _TAIL.search(plain)
    if not tail or not (rows := rows_of(plain[: tail.start()])):
        return None
    found = np.array(rows)
    fitting = (
        np.isin(gazetteer().kind[found], (REGION, COUNTY, AREA)) if tail["kind"] in _DIVISIONS else np.ones(len(found), bool)
    )
    return found[fitting] if fitting.any() else found


def _embedded(surface: str, key: str) -> "_Name | None":
    """The weightiest place or people named inside longer words, such as "Harare City Council"."""
    inside = [m for m in matches(surface) if m.key not in word_list("common") and m.key not in word_list("never")]
    weight = gazetteer().weight
    best = max(inside, key=lambda m: int(weight[m.rows[0]]), default=None)
    if best and weight[best.rows[0]] >= _EMBEDDED_WEIGHT:
        return _Name(key, np.array(best.rows), embedded=True)
    return None


def _lands_after(text: str, end: int, name: "_Name") -> set[int]:
    """Ranks of the countries and divisions that follow a name and hold one of its places ("Paris, Texas")."""
    after = _AFTER.match(text, end)
    if not after:
        return set()
    following = next(iter(matches(text[after.end() : after.end() + 60])), None)
    if following is None or following.first:
        return set()
    atlas = gazetteer()
    lands = {atlas.rank(row) for row in following.rows if atlas.kind[row] in (COUNTRY, REGION, COUNTY)}
    inside = [int(atlas.weight[row]) for row in name.rows.tolist() if atlas.lies_in(row, frozenset(lands))]
    listed = _LISTED.match(text, after.end() + following.words.end) is not None or atlas.kind[name.rows[0]] in (COUNTRY, REGION)
    if not inside or (listed and max(inside) + _LIST_MARGIN < int(atlas.weight[name.rows].max())):
        return set()
    return lands


def _add_context(text: str, names: dict[str, _Name], times: float) -> None:
    """Enter the countries, their people, divisions, regions and great towns that a text names."""
    tokens = tokens_of(text)
    atlas = gazetteer()
    for match in matches(text):
        if match.key in names:
            names[match.key].times += 0 if match.words.start in names[match.key].anchors else times
        elif _speaks_of_lands(match.key, match.rows, tokens[match.first]):
            names[match.key] = _Name(match.key, np.array(match.rows), times, anchors=[match.words.start])
            if atlas.kind[match.rows[0]] == CITY:
                names[match.key].lands = _lands_after(text, match.words.end, names[match.key])
    people = peoples()
    for token in tokens:
        if token.capital and (key := folded(token.text)) in people:
            if key in names:
                names[key].times += 0 if token.start in names[key].anchors else times
            else:
                names[key] = _Name(key, np.array([people[key]]), times)


def _speaks_of_lands(key: str, rows: tuple[int, ...], first: Token) -> bool:
    if key in word_list("common") or key in word_list("never") or key in word_list("names"):
        return False
    if len(key) == 2 and first.text not in word_list("short"):
        return False
    atlas = gazetteer()
    kind, weight = int(atlas.kind[rows[0]]), int(atlas.weight[rows[0]])
    return kind in (COUNTRY, REGION, AREA, WATER) or weight >= _CONTEXT_TOWN_WEIGHT


@dataclass(frozen=True, slots=True)
class _Choice:
    """The row that fits best; not believed when it is small and nothing speaks for it but its name."""

    row: int
    believed: bool


@dataclass(frozen=True, slots=True)
class _Candidates:
    """All rows that the names may mean, one name after the other; `owner` is each row's name, `starts` each name's first row."""

    rows: Rows
    owner: Rows
    starts: Rows
    country: Rows
    admin1: Rows

    @classmethod
    def of(cls, names: list[_Name]) -> "_Candidates":
        """The candidates of some names."""
        rows = np.concatenate([name.rows for name in names])
        sizes = np.array([len(name.rows) for name in names])
        owner = np.repeat(np.arange(len(names)), sizes)
        return cls(rows, owner, np.cumsum(sizes) - sizes, gazetteer().country(rows), gazetteer().admin1(rows))

    def best(self, score: Floats) -> Rows:
        """The candidate with the highest score of each name."""
        ends = [*self.starts[1:].tolist(), len(self.rows)]
        return np.array([start + int(np.argmax(score[start:end])) for start, end in zip(self.starts.tolist(), ends, strict=True)])


def _chosen(names: list[_Name], story: PlaceContext, weighing: Weighing) -> list[_Choice]:
    """For each name the row that fits the story best."""
    if not names:
        return []
    candidates = _Candidates.of(names)
    times = np.array([name.times for name in names])
    alone = _alone(names, candidates, weighing)
    score = alone
    for _ in range(_ROUNDS):
        score = alone + _fit(candidates, candidates.best(score), times, story, weighing)
    best = candidates.best(score)
    believed = _believed(names, candidates.rows[best], (score - alone)[best])
    return [_Choice(int(row), bool(sure)) for row, sure in zip(candidates.rows[best], believed, strict=True)]


def _believed(names: list[_Name], rows: Rows, support: Floats) -> npt.NDArray[np.bool_]:
    """Which choices hold: great places and lands, what the story supports, what is told to lie in a land."""
    atlas = gazetteer()
    embedded = np.array([name.embedded for name in names])
    great = (atlas.weight[rows] >= _LONE_WEIGHT) | np.isin(atlas.kind[rows], (COUNTRY, REGION, AREA, WATER))
    told_inside = np.array([bool(name.lands) for name in names])
    too_wide = embedded & np.isin(atlas.kind[rows], (WATER, AREA))
    return np.asarray(((great & ~embedded) | (support > _SUPPORT) | told_inside) & ~too_wide)


def _alone(names: list[_Name], candidates: _Candidates, weighing: Weighing) -> Floats:
    """What speaks for each candidate by itself: its people, its kind, its own name, a land told after it."""
    atlas = gazetteer()
    rows, owner = candidates.rows, candidates.owner
    by_kind = np.zeros(len(_KINDS))
    by_kind[[COUNTRY, REGION, COUNTY, AREA, WATER, SITE]] = (
        weighing.country_kind, weighing.region_kind, weighing.county_kind,
        weighing.area_kind, weighing.area_kind, weighing.site_kind,
    )  # fmt: skip
    score = weighing.people * atlas.weight[rows] / 1000 + by_kind[atlas.kind[rows]]
    named = [names[i] for i in owner.tolist()]
    own = [folded(atlas.name(row)) == name.key for row, name in zip(rows.tolist(), named, strict=True)]
    inside = [
        bool(name.lands) and atlas.lies_in(row, frozenset(name.lands)) for row, name in zip(rows.tolist(), named, strict=True)
    ]
    return np.asarray(score + weighing.own_name * np.array(own) + weighing.inside * np.array(inside))


def _fit(candidates: _Candidates, winners: Rows, times: Floats, story: PlaceContext, weighing: Weighing) -> Floats:
    """How well each candidate fits the other names' present winners: their countries, their divisions, their nearness."""
    counts = np.minimum(times, _MOST_TIMES)
    land = _votes(candidates.country, candidates.owner, winners, counts)
    for iso3 in (*story.countries, *((story.home,) if story.home else ())):
        if (rank := gazetteer().rank_of_country(iso3)) is not None:
            land += candidates.country == rank
    division = _votes(candidates.admin1, candidates.owner, winners, counts)
    near = _nearness(candidates.rows, candidates.owner, winners)
    return np.asarray(weighing.land * np.log1p(land) + weighing.division * np.log1p(division) + weighing.near * near)


def _votes(of: Rows, owner: Rows, winners: Rows, counts: Floats) -> Floats:
    """For each candidate how often the other names speak of its country (or division)."""
    total = np.zeros(gazetteer().divisions + 1)
    np.add.at(total, of[winners], counts)
    total[-1] = 0
    own = np.where(of[winners[owner]] == of, counts[owner], 0)
    return np.asarray(np.where(of >= 0, np.maximum(total[of] - own, 0), 0))


def _nearness(rows: Rows, owner: Rows, winners: Rows) -> Floats:
    """1 beside another name's place, falling to 0.37 at 165 km; countries and wide regions are near nothing."""
    atlas = gazetteer()
    local = winners[_LOCAL[atlas.kind[rows[winners]]]]
    if not len(local):
        return np.zeros(len(rows))
    km = _km(rows, rows[local])
    km[owner[:, None] == owner[local]] = np.inf
    return np.asarray(np.exp(-km.min(axis=1) / _NEAR_KM))


def _km(rows: Rows, others: Rows) -> Floats:
    """Distances between places, good to a few per cent where they are near."""
    atlas = gazetteer()
    lat, lon = atlas.lat[rows] / 1e4, atlas.lon[rows] / 1e4
    north = lat[:, None] - atlas.lat[others] / 1e4
    east = ((lon[:, None] - atlas.lon[others] / 1e4 + 180) % 360 - 180) * np.cos(np.radians(lat))[:, None]
    return np.asarray(_KM_A_DEGREE * np.hypot(north, east))


def _placed(text: str, words: Words, name: _Name | None, row: int | None, located: list[tuple[int, int]]) -> Place:
    """The place of some words, given the row chosen for their name."""
    surface = text[words.start : words.end]
    if name is None or row is None:
        return _beside(words, surface, located)
    entry = gazetteer().entry(row)
    kind = _KINDS[int(gazetteer().kind[row])]
    if name.embedded:
        return Place(start=words.start, end=words.end, text=surface, name=surface, kind="site", country=entry.country,
                     admin1=entry.admin1, lat=entry.lat, lon=entry.lon)  # fmt: skip
    if name.directed:
        kind = "region" if kind == "country" else kind
        return Place(start=words.start, end=words.end, text=surface, name=surface, kind=kind, country=entry.country,
                     admin1=entry.admin1, lat=entry.lat, lon=entry.lon)  # fmt: skip
    return Place(start=words.start, end=words.end, text=surface, name=entry.name, kind=kind, country=entry.country,
                 admin1=entry.admin1, lat=entry.lat, lon=entry.lon, geoname=entry.geoname)  # fmt: skip


def _beside(words: Words, surface: str, located: list[tuple[int, int]]) -> Place:
    """An unknown site at the town or county that the story tells of around these words."""
    atlas = gazetteer()
    towns = [(anchor, row) for anchor, row in located if atlas.kind[row] in (CITY, COUNTY, SITE)]
    towns = towns or [(anchor, row) for anchor, row in located if atlas.kind[row] == REGION]
    if not towns:
        return Place(start=words.start, end=words.end, text=surface)
    rows = np.array([row for _, row in towns])
    away = np.array([abs(anchor - words.start) for anchor, _ in towns])
    company = np.log1p((_km(rows, rows) < _NEAR_KM).sum(axis=1) - 1.0)
    entry = atlas.entry(int(rows[np.argmax(WEIGHING.company * company - away / _REACH)]))
    return Place(start=words.start, end=words.end, text=surface, name=surface, kind="site", country=entry.country,
                 admin1=entry.admin1, lat=entry.lat, lon=entry.lon)  # fmt: skip
