"""How many names of an actor dictionary resolve to the country it gives.

coverage.py FILE [--misses N]

FILE is in the form of PETRARCH's country actors: a name in capitals with underscores, +SYNONYM lines below it, codes in
brackets, dated ones with a period after the code. Undated entries whose code begins with an ISO 3166-1 alpha-3 code count.
"""

import argparse
import collections
import pathlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.resolve.lookup import lookup
from dragoman.resolve.tables import tables

_CODE = re.compile(r"\[([^\]]*)\]")
_PART = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True)
class Entry:
    """A name of the dictionary with the country that it gives."""

    name: str
    country: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--misses", type=int, default=0, help="how many countries to list, worst first")
    args = parser.parse_args()
    entries = list(undated(args.file.read_text(encoding="utf8", errors="replace")))
    missed = [e for e in entries if lookup(e.name).country != e.country]
    print(f"{1 - len(missed) / max(len(entries), 1):.3f} of {len(entries)} undated names resolve to their country")
    for country, n in collections.Counter(e.country for e in missed).most_common(args.misses):
        print(f"  {country} {n} of {sum(e.country == country for e in entries)}")


def undated(text: str) -> Iterator[Entry]:
    """The names of undated entries whose code begins with a state of our tables."""
    names: list[str] = []
    codes: list[str] = []
    for line in [*text.splitlines(), "END"]:
        line = line.split("#")[0].rstrip()  # noqa: PLW2901
        if not line.strip():
            continue
        found = _CODE.findall(line)
        name = line.split("[")[0].strip()
        if name and not name.startswith("+"):
            yield from _entries(names, codes)
            names, codes = [], []
        if name:
            names.append(name.lstrip("+"))
        codes += found


def _entries(names: list[str], codes: list[str]) -> Iterator[Entry]:
    if len(codes) != 1 or not _PART.fullmatch(codes[0][:3]) or " " in codes[0].strip():
        return
    country = codes[0][:3]
    if len(codes[0]) >= 6 and codes[0][3:6] in tables().states:
        country = codes[0][3:6]
    if country in tables().states:
        for name in names:
            yield Entry(readable(name), country)


def readable(name: str) -> str:
    """A dictionary's name as text writes it.

    >>> readable("PORT_AU_PRINCE_")
    'Port Au Prince'
    """
    words = name.replace("_", " ").split()
    return " ".join(w if len(w) <= 3 and w.isupper() and len(words) == 1 else w.capitalize() for w in words)


if __name__ == "__main__":
    main()
