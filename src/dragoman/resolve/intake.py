"""From rows to facts: what each kind of table says, gathered and checked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import get_args

from dragoman.errors import TableError
from dragoman.record import EntityKind
from dragoman.resolve.facts import INTERGOVERNMENTAL, SECTORS, TRANSNATIONAL, UNKNOWN, Known, Meaning, Naming, Office, Term
from dragoman.resolve.rows import Row, read_rows, span
from dragoman.resolve.tokens import fold, name_key

PACKAGE = Path(__file__).parent / "tables"
"""The package's own tables; those that are not ours there are read by other parts of the package."""

KINDS = frozenset(get_args(EntityKind))
OFFICE_KINDS = frozenset(("person", "people", "body", "thing"))
PEOPLE = "people"
BODIES = ("ref", "name", "aliases", "country", "sector", "kind", "from", "until")
COLUMNS = {
    "countries": ("iso3", "iso2", "cow", "gw", "name", "capital", "demonyms", "aliases", "seats", "parent", "from", "until"),
    "regions": ("name", "aliases", "demonyms", "country", "kind"),
    "organisations": BODIES,
    "institutions": BODIES,
    "groups": (*BODIES, "fights", "serves"),
    "parties": BODIES,
    "media": (*BODIES, "owner", "state", "sites"),
    "offices": ("phrase", "sector", "role", "kind", "takes", "country", "gender", "single"),
    "courtesies": ("title", "gender"),
    "given": ("name", "gender"),
    PEOPLE: ("ref", "name", "short", "aliases", "country", "sector", "role", "from", "until", "gender"),
}
"""The tables by their file's name (people also as people_….csv) with the columns that each must have."""


@dataclass
class _Draft:
    """An actor while its rows are still coming in."""

    row: Row
    kind: EntityKind
    table: str
    names: dict[str, Naming] = field(default_factory=dict)
    shorts: list[str] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    term_rows: list[Row] = field(default_factory=list)
    choices: tuple[str, ...] = ()
    gender: str = ""
    parent: str = ""

    @property
    def name(self) -> str:
        return self.row.fields["name"]


class Intake:
    """Takes tables in, one folder after the other; a later folder's rows replace an earlier one's with the same key."""

    def __init__(self) -> None:
        self.offices: dict[str, Office] = {}
        self.courtesies: dict[str, str] = {}
        self.given: dict[str, str] = {}
        self.outlets: dict[str, Known] = {}
        self._drafts: dict[str, _Draft] = {}
        self._iso3: dict[str, str] = {}
        self._known: dict[str, Known] | None = None
        self._names: dict[str, list[Meaning]] | None = None

    def take_folder(self, folder: Path) -> None:
        """All tables of a folder. Raises TableError for a file whose name is no table's."""
        files = sorted(p for p in folder.glob("*.csv") if self._table_of(p) or not (PACKAGE / p.name).exists())
        for path in files:
            if self._table_of(path) is None:
                known = ", ".join(f"{name}.csv" for name in COLUMNS)
                raise TableError(f"{path}: no table is called {path.name}; the tables are {known} and people_….csv")
        files.sort(key=lambda p: (p.stem != "countries", p.name))
        fresh: set[str] = set()
        for path in files:
            table = self._table_of(path) or ""
            taker = getattr(self, f"_take_{table}", self._take_body)
            for row in read_rows(path, COLUMNS[table]):
                taker(row, table, fresh)

    @staticmethod
    def _table_of(path: Path) -> str | None:
        stem = path.stem
        if stem.startswith(f"{PEOPLE}_"):
            return PEOPLE
        return stem if stem in COLUMNS else None

    def _draft(self, ref: str, row: Row, kind: str, table: str, fresh: set[str]) -> _Draft:
        """The draft for a key, a new one where this folder has not yet given that key."""
        if ref not in fresh or ref not in self._drafts:
            fresh.add(ref)
            self._drafts[ref] = _Draft(row, self._kind(row, kind), table)
        return self._drafts[ref]

    def _take_countries(self, row: Row, table: str, fresh: set[str]) -> None:
        f = row.fields
        iso3, ref = f["iso3"], f"gov:{f['iso3']}"
        if len(iso3) != 3 or not iso3.isupper():
            raise row.wrong(f"{iso3!r} is no ISO 3166-1 alpha-3 code")
        if ref in fresh:
            raise row.wrong(f"{iso3} is given twice, first in {self._drafts[ref].row.where}")
        draft = self._draft(ref, row, "government", table, fresh)
        draft.parent = f["parent"]
        draft.terms.append(Term(iso3, "GOV", None, *span(row)))
        draft.term_rows.append(row)
        _name(draft.names, (f["name"],), Naming.NAME)
        _name(draft.names, row.list("aliases"), Naming.ALIAS)
        _name(draft.names, _with_plurals(row.list("demonyms")), Naming.DEMONYM)
        _name(draft.names, (f["capital"],), Naming.CAPITAL)
        _name(draft.names, row.list("seats"), Naming.SEAT)
        self._iso3[iso3] = row.where

    def _take_regions(self, row: Row, table: str, fresh: set[str]) -> None:
        f = row.fields
        countries = tuple(row.list("country"))
        if f["kind"] not in ("region", "macro", "people", "city"):
            raise row.wrong(f"kind is {f['kind']!r}; it must be region, macro, people or city")
        ref = f"region:{countries[0] if countries else ''}:{name_key(f['name']).replace(' ', '-')}"
        if ref in fresh:
            raise row.wrong(f"{f['name']} is given twice, first in {self._drafts[ref].row.where}")
        draft = self._draft(ref, row, "group" if f["kind"] == "people" else "government", table, fresh)
        for country in countries:
            self._check_country(row, country)
        draft.choices = countries if len(countries) > 1 else ()
        community = "REL" if countries[0] == TRANSNATIONAL else "SOC"
        draft.terms.append(Term(countries[0], community if f["kind"] == "people" else "GOV", None))
        draft.term_rows.append(row)
        _name(draft.names, (f["name"],), Naming.NAME)
        _name(draft.names, row.list("aliases"), Naming.ALIAS)
        _name(draft.names, _with_plurals(row.list("demonyms")), Naming.DEMONYM)

    def _take_body(self, row: Row, table: str, fresh: set[str]) -> None:
        f = row.fields
        draft = self._draft(f["ref"], row, f["kind"], table, fresh)
        self._same_name(draft, row)
        self._add_term(draft, row, None)
        _name(draft.names, (f["name"],), Naming.NAME)
        _name(draft.names, row.list("aliases"), Naming.ALIAS)
        for site in row.list("sites") if table == "media" else ():
            self.outlets[site] = self.outlets.get(site) or Known(f["ref"], f["name"], "medium", tuple(draft.terms), row.where)

    def _take_people(self, row: Row, table: str, fresh: set[str]) -> None:
        f = row.fields
        draft = self._draft(f["ref"], row, "person", table, fresh)
        self._same_name(draft, row)
        self._add_term(draft, row, f["role"] or None)
        _name(draft.names, (f["name"],), Naming.NAME)
        _name(draft.names, row.list("aliases"), Naming.ALIAS)
        draft.shorts += [s for s in row.list("short") if s not in draft.shorts]
        draft.gender = draft.gender or f["gender"]

    def _take_offices(self, row: Row, table: str, fresh: set[str]) -> None:
        f = row.fields
        if f["phrase"] in fresh:
            raise row.wrong(f"{f['phrase']!r} is given twice")
        fresh.add(f["phrase"])
        self._check_sector(row, f["sector"])
        if f["kind"] not in OFFICE_KINDS:
            raise row.wrong(f"kind is {f['kind']!r}; it must be one of {', '.join(sorted(OFFICE_KINDS))}")
        if f["takes"] not in ("own", "owner"):
            raise row.wrong(f"takes is {f['takes']!r}; it must be own or owner")
        countries = tuple(row.list("country"))
        for country in countries:
            self._check_country(row, country)
        phrase = name_key(f["phrase"])
        for key, plural in ((phrase, False), (_plural(phrase), True)):
            if plural and key in self.offices and key not in fresh:
                continue
            self.offices[key] = Office(
                phrase=phrase, sector=f["sector"], role=(f["role"] or None), kind=f["kind"], inherits=f["takes"] == "owner",
                countries=countries, gender=f["gender"], single=f["single"] == "yes", plural=plural or f["kind"] == "people",
            )  # fmt: skip

    def _take_courtesies(self, row: Row, table: str, fresh: set[str]) -> None:
        self.courtesies[fold(row.fields["title"])] = row.fields["gender"]

    def _take_given(self, row: Row, table: str, fresh: set[str]) -> None:
        self.given[fold(row.fields["name"])] = row.fields["gender"]

    def _add_term(self, draft: _Draft, row: Row, role: str | None) -> None:
        f = row.fields
        self._check_country(row, f["country"])
        self._check_sector(row, f["sector"])
        draft.terms.append(Term(f["country"], f["sector"], role, *span(row)))
        draft.term_rows.append(row)

    @staticmethod
    def _same_name(draft: _Draft, row: Row) -> None:
        if draft.name != row.fields["name"]:
            raise row.wrong(f"the key {row.fields['ref']!r} is {draft.name} in {draft.row.where} and {row.fields['name']} here")

    def _kind(self, row: Row, kind: str) -> EntityKind:
        if kind not in KINDS:
            raise row.wrong(f"kind is {kind!r}; it must be one of {', '.join(sorted(KINDS))}")
        return kind  # type: ignore[return-value]

    def _check_country(self, row: Row, country: str) -> None:
        if country not in self._iso3 and country not in (INTERGOVERNMENTAL, TRANSNATIONAL, UNKNOWN):
            raise row.wrong(f"unknown country code {country!r}; countries.csv has no such iso3")

    def _check_sector(self, row: Row, sector: str) -> None:
        if sector not in SECTORS:
            raise row.wrong(f"unknown sector {sector!r}; it must be one of {', '.join(sorted(SECTORS))}")

    def check(self) -> None:
        """Raises TableError for facts that contradict each other."""
        held: dict[tuple[str, str], list[tuple[Term, Row, str]]] = defaultdict(list)
        single = {o.role for o in self.offices.values() if o.single}
        for ref, draft in self._drafts.items():
            for term, row in zip(draft.terms, draft.term_rows, strict=True):
                if draft.parent and draft.parent not in self._iso3:
                    raise row.wrong(f"unknown parent {draft.parent!r}; countries.csv has no such iso3")
                if draft.table == PEOPLE and term.role in single:
                    held[term.country, term.role or ""].append((term, row, ref))
        for (country, role), terms in held.items():
            _check_single(country, role, terms)

    def known(self) -> dict[str, Known]:
        """All actors by their key."""
        if self._known is None:
            self._known = {ref: _finished(ref, draft) for ref, draft in self._drafts.items()}
        return self._known

    def states(self) -> dict[str, Known]:
        """The states and territories by their alpha-3 code."""
        return {iso3: self.known()[f"gov:{iso3}"] for iso3 in self._iso3}

    def names(self) -> dict[str, list[Meaning]]:
        """What each folded name means."""
        if self._names is not None:
            return self._names
        names: dict[str, list[Meaning]] = {}
        known = self.known()
        for ref, draft in self._drafts.items():
            actor = known[ref]
            for name, naming in draft.names.items():
                meaning = _meaning(actor, name, naming)
                key = name_key(name)
                if "'s " in name and (without := name_key(name.replace("'s ", "s "))) not in names:
                    names[without] = [meaning]
                if (there := names.get(key)) is None:
                    names[key] = [meaning]
                elif not any(m.known is actor and m.capitals <= meaning.capitals for m in there):
                    there.append(meaning)
        self._names = names
        return names

    def surnames(self) -> dict[str, list[Known]]:
        """The persons that each short name may mean."""
        surnames: dict[str, list[Known]] = {}
        known = self.known()
        for ref, draft in self._drafts.items():
            for short in draft.shorts:
                surnames.setdefault(name_key(short), []).append(known[ref])
        return surnames

    def longest_names(self) -> dict[str, int]:
        """For each word that begins a name, the words of the longest such name."""
        return _longest(self.names())

    def longest_offices(self) -> dict[str, int]:
        """For each word that begins an office, the words of the longest such office."""
        return _longest(self.offices)


def _finished(ref: str, draft: _Draft) -> Known:
    return Known(
        ref=ref, name=draft.name, kind=draft.kind, terms=tuple(sorted(draft.terms, key=lambda t: (t.since, t.until))),
        source=draft.row.where, gender=draft.gender, choices=draft.choices, parent=draft.parent, table=draft.table,
    )  # fmt: skip


def _name(names: dict[str, Naming], added: Iterable[str], naming: Naming) -> None:
    for name in added:
        if name and name not in names:
            names[name] = naming


def _meaning(actor: Known, name: str, naming: Naming) -> Meaning:
    letters = name.replace(".", "")
    return Meaning(
        known=actor,
        naming=naming,
        capitals=len(letters) <= 6 and letters.isupper(),
        lower=name[0].islower() and not name.startswith("the "),
        article=name[:4].lower() == "the " and " " not in name[4:],
    )


def _with_plurals(demonyms: list[str]) -> list[str]:
    return demonyms + [_plural_name(d) for d in demonyms]


def _plural_name(demonym: str) -> str:
    return demonym if demonym.endswith(("s", "sh", "ch", "ese")) else demonym + "s"


def _plural(phrase: str) -> str:
    """The regular plural of a phrase's last word, of its first before "of" or "to"; the table gives the others.

    >>> _plural("secretary of state"), _plural("policeman"), _plural("attorney general")
    ('secretaries of state', 'policemen', 'attorneys general')
    """
    words = phrase.split(" ")
    at = next((i - 1 for i, w in enumerate(words) if w in ("of", "to", "for", "general", "in") and i > 0), len(words) - 1)
    if words[at].endswith("general") or (words[-1] == "general" and words[0] in ("major", "lieutenant", "brigadier")):
        at = len(words) - 1
    word = words[at]
    if word.endswith("man"):
        words[at] = word[:-3] + "men"
    elif word.endswith("y") and word[-2:-1] not in "aeiou":
        words[at] = word[:-1] + "ies"
    elif word.endswith(("s", "sh", "ch", "x")):
        words[at] = word + "es"
    else:
        words[at] = word + "s"
    return " ".join(words)


def _longest(names: Iterable[str]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for name in names:
        first, count = name.split(" ", 1)[0], name.count(" ") + 1
        if longest.get(first, 0) < count:
            longest[first] = count
    return longest


def _check_single(country: str, role: str, terms: list[tuple[Term, Row, str]]) -> None:
    terms.sort(key=lambda t: t[0].surely_since)
    for (one, row, ref), (other, later, other_ref) in pairwise(terms):
        if ref != other_ref and max(one.surely_since, other.surely_since) < min(one.surely_until, other.surely_until):
            both = f"{row.fields['name']} ({row.where}) and {later.fields['name']}"
            raise later.wrong(f"two at once as {role} of {country}: {both}; correct their dates")
