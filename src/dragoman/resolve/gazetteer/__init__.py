"""The gazetteer: 280,000 places with their names, in arrays that are mapped from disk, not read.

Made by `training/gazetteer.py`; origin and licence are in the NOTICE beside this file. `places.npy` holds one row a place in the
order of the CRC-32 of its folded name (`keys.npy`), its name's bytes in `names.npy`; `alias_keys.npy` and `alias_places.npy` give
the rows of further names by their BLAKE2 hash; `divisions.npy` the rows of countries and divisions, which `parent` counts in.
"""

import csv
import zlib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from dragoman.errors import TableError
from dragoman.resolve.names import folded

HERE = Path(__file__).parent
KINDS = ("city", "region", "county", "country", "water", "site", "area")
CITY, REGION, COUNTY, COUNTRY, WATER, SITE, AREA = range(7)
NO_DIVISION = 65535

Rows = npt.NDArray[np.int64]
GazetteerKind = Literal["city", "region", "county", "country", "water", "site", "area"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer. `country` is ISO 3166-1 alpha-3 or None; `admin1` the first-level division's name; degrees."""

    row: int
    name: str
    kind: GazetteerKind
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    geoname: int | None


class Gazetteer:
    """Finds places by name. Columns are arrays over all rows; `country` and `admin1` count in `divisions`, -1 for none."""

    def __init__(self, folder: Path = HERE) -> None:
        places = _mapped(folder / "places.npy")
        self.lat: npt.NDArray[np.int32] = places["lat"]
        self.lon: npt.NDArray[np.int32] = places["lon"]
        self.weight: npt.NDArray[np.uint16] = places["weight"]
        self.kind: npt.NDArray[np.uint8] = places["kind"]
        self._geoname = places["geoname"]
        self._parent = places["parent"]
        self._names = _mapped(folder / "names.npy")
        self._name_ends = np.cumsum(places["length"], dtype=np.uint32)
        self._keys = _mapped(folder / "keys.npy").data
        self._alias_keys = _mapped(folder / "alias_keys.npy").data
        self._alias_places = _mapped(folder / "alias_places.npy")
        self._divisions = _mapped(folder / "divisions.npy").astype(np.int64)
        self._country_of, self._admin1_of = self._tops()
        self._rank = {int(row): rank for rank, row in enumerate(self._divisions)}
        self._entries: dict[int, Entry] = {}
        self._iso3 = _countries(folder / "countries.csv")
        self._country_rank = {iso3: self._rank[row] for row, iso3 in self._iso3.items()}

    def _tops(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """For each division its country and its first-level division, as ranks; the last entry stands for none."""
        kinds, parents = self.kind[self._divisions], self._parent[self._divisions].astype(np.int64)
        own = np.arange(len(kinds))
        country = np.where(kinds == COUNTRY, own, -1)
        admin1 = np.where(kinds == REGION, own, -1)
        above = own
        for _ in range(3):
            up = np.where(above >= 0, parents[above], NO_DIVISION)
            above = np.where(up == NO_DIVISION, -1, up)
            country = np.where((country < 0) & (above >= 0) & (kinds[above] == COUNTRY), above, country)
            admin1 = np.where((admin1 < 0) & (above >= 0) & (kinds[above] == REGION), above, admin1)
        return np.append(country, -1), np.append(admin1, -1)

    def rows(self, name: str) -> Rows:
        """Rows of the places that are called so, by their own name first."""
        return self.rows_of_key(folded(name))

    def rows_of_key(self, key: str) -> Rows:
        """The same for a name that is folded already."""
        code = key.encode("utf8", "replace")
        crc = zlib.crc32(code)
        found = range(bisect_left(self._keys, crc), bisect_right(self._keys, crc))
        named = [row for row in found if folded(self.name(row)) == key] if found else []
        digest = int.from_bytes(blake2b(code, digest_size=8).digest(), "little")
        start = bisect_left(self._alias_keys, digest)
        end = start
        while end < len(self._alias_keys) and self._alias_keys[end] == digest:
            end += 1
        if start == end:
            return np.array(named, dtype=np.int64)
        aliased = [row for row in self._alias_places[start:end].tolist() if row not in named]
        return np.array(named + aliased, dtype=np.int64)

    def name(self, row: int) -> str:
        """A place's own name."""
        start = int(self._name_ends[row - 1]) if row else 0
        return bytes(self._names[start : int(self._name_ends[row])]).decode()

    def country(self, rows: Rows) -> Rows:
        """The rank of each place's country, -1 for none."""
        own = np.array([self._rank.get(row, -1) for row in rows[self.kind[rows] == COUNTRY].tolist()], dtype=np.int64)
        tops: Rows = self._country_of[np.minimum(self._parent[rows], len(self._country_of) - 1)]
        tops[self.kind[rows] == COUNTRY] = own
        return tops

    def admin1(self, rows: Rows) -> Rows:
        """The rank of each place's first-level division, -1 for none; a division's is itself."""
        tops: Rows = self._admin1_of[np.minimum(self._parent[rows], len(self._admin1_of) - 1)]
        for i in np.flatnonzero(self.kind[rows] == REGION):
            tops[i] = self._rank.get(int(rows[i]), -1)
        return tops

    def rank(self, row: int) -> int:
        """The rank of a country or division by its row."""
        return self._rank[row]

    def lies_in(self, row: int, ranks: frozenset[int]) -> bool:
        """Whether a place lies in one of some countries or divisions, and is none of them itself."""
        return any(rank in ranks for rank in self.above(row))

    def above(self, row: int) -> list[int]:
        """Ranks of the divisions and the country that a place lies in, the finest first."""
        ranks = []
        rank = int(self._parent[row])
        while rank != NO_DIVISION:
            ranks.append(rank)
            rank = int(self._parent[self._divisions[rank]])
        return ranks

    def rank_of_country(self, iso3: str) -> int | None:
        """The rank of a country among the divisions, None for a code that is no country."""
        return self._country_rank.get(iso3)

    def row_of_division(self, rank: int) -> int:
        """The row of a country or division by its rank."""
        return int(self._divisions[rank])

    @property
    def divisions(self) -> int:
        """How many countries and divisions there are."""
        return len(self._divisions)

    def entry(self, row: int) -> Entry:
        """All that is known of one place."""
        known = self._entries.get(row)
        if known is None:
            known = self._entries[row] = self._read(row)
        return known

    def _read(self, row: int) -> Entry:
        one = np.array([row])
        country, admin1 = int(self.country(one)[0]), int(self.admin1(one)[0])
        return Entry(
            row=row,
            name=self.name(row),
            kind=KINDS[self.kind[row]],  # type: ignore[arg-type]
            country=self._iso3.get(self.row_of_division(country)) if country >= 0 else None,
            admin1=self.name(self.row_of_division(admin1)) if admin1 >= 0 else None,
            lat=round(float(self.lat[row]) / 1e4, 4),
            lon=round(float(self.lon[row]) / 1e4, 4),
            geoname=int(self._geoname[row]) or None,
        )


def _mapped(path: Path) -> npt.NDArray[Any]:
    try:
        mapped: npt.NDArray[Any] = np.load(path, mmap_mode="r")
    except (OSError, ValueError) as error:
        raise TableError(
            f"{path}: the gazetteer cannot be read ({error}); reinstall dragoman or run python -m training.gazetteer"
        ) from error
    return mapped.view(np.ndarray)


def _countries(path: Path) -> dict[int, str]:
    with path.open(encoding="utf8") as lines:
        return {int(row["place"]): row["iso3"] for row in csv.DictReader(line for line in lines if not line.startswith("#"))}


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of the package, opened once."""
    return Gazetteer()
