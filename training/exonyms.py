"""Writes resolve/tables/exonyms.csv: names of states and territories in other languages, from the CLDR that Babel carries.

python -m training.exonyms (needs babel). Latin letters alone; names that are another state's too are left out.
"""

import collections
import csv
import unicodedata
from pathlib import Path

from babel import Locale, localedata

from dragoman.resolve.tables import tables
from dragoman.resolve.tokens import name_key

OUT = Path(__file__).parent.parent / "src/dragoman/resolve/tables/exonyms.csv"
HEADER = """# Names of states and territories in languages other than English, in Latin letters, for looking names up.
# iso3: ISO 3166-1. names: from the territory names of the Unicode CLDR (Unicode licence v3), as Babel carries them, without those
# that are an English name too or another state's. Made by `python -m training.exonyms`.
"""


def main() -> None:
    """Gathers the names and writes the table."""
    facts = tables()
    meant: dict[str, set[str]] = collections.defaultdict(set)
    written: dict[str, str] = {}
    iso3 = {row["iso2"]: row["iso3"] for row in _countries()}
    for identifier in localedata.locale_identifiers():
        if "_" in identifier:
            continue
        for iso2, name in Locale.parse(identifier).territories.items():
            if iso2 in iso3 and name != iso2 and len(name) > 3 and _latin(name):
                key = name_key(name)
                meant[key].add(iso3[iso2])
                written.setdefault(key, name)
    by_state: dict[str, list[str]] = collections.defaultdict(list)
    for key, states in sorted(meant.items()):
        if len(states) == 1 and key not in facts.names:
            by_state[next(iter(states))].append(written[key])
    with OUT.open("w", encoding="utf8", newline="") as out:
        out.write(HEADER)
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("iso3", "names"))
        writer.writerows((state, "|".join(names)) for state, names in sorted(by_state.items()))


def _countries() -> list[dict[str, str]]:
    with (OUT.parent / "countries.csv").open(encoding="utf8") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def _latin(name: str) -> bool:
    return all(unicodedata.name(c, "").startswith("LATIN") for c in name if c.isalpha()) and "|" not in name


if __name__ == "__main__":
    main()
