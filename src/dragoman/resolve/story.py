"""A text as the resolver sees it: which known names stand where, and which country it is about at each point."""

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from dragoman.mark.sentences import Sentence, split_sentences
from dragoman.resolve.facts import INTERGOVERNMENTAL, TRANSNATIONAL, UNKNOWN, Known, Meaning, Naming, Office
from dragoman.resolve.tables import Tables
from dragoman.resolve.tokens import Tokens, tokenise

NEAR = 350.0
"""Characters at which a country named nearby weighs half as much for a point of the text as one named there."""

LEAD = 400
"""Characters of a story's beginning, where the countries named weigh more."""

MEDIA_WEIGHT = 0.15
"""A medium's country says little about where a story plays: agencies report from everywhere."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Tokens i up to j of the text are a name that the tables know."""

    i: int
    j: int
    meanings: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """Tokens i up to j are a word for an office, a trade or a collective."""

    i: int
    j: int
    office: Office


@dataclass
class Story:
    """A text scanned once. `day` is its publication day as a number, None when unknown."""

    text: str
    day: int | None
    tables: Tables
    home: str | None = None
    caseless: int = 0
    tokens: Tokens = field(init=False)
    sentences: list[Sentence] = field(init=False)
    sightings: list[Sighting] = field(init=False)
    titles: list[Title] = field(init=False)
    _weights: dict[str, list[tuple[int, float]]] = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = tokenise(self.text)
        self.sentences = split_sentences(self.text)
        self.sightings = self._sightings()
        self.titles = self._titles()
        self._weights = self._country_weights()
        self._drop_foreign_parties()

    def token_at(self, offset: int) -> int:
        """The number of the first token that ends after an offset."""
        return bisect_right(self.tokens.ends, offset)

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where the sentences begin, for finding the one at an offset."""
        return [s.start for s in self.sentences]

    def sentence_of(self, offset: int) -> int:
        """The number of the sentence that holds an offset."""
        return max(0, bisect_right(self.sentence_starts, offset) - 1)

    @cached_property
    def sighting_at(self) -> dict[int, Sighting]:
        """Sightings by their first token."""
        return {s.i: s for s in self.sightings}

    @cached_property
    def title_at(self) -> dict[int, Title]:
        """Titles by their first token."""
        return {t.i: t for t in self.titles}

    def _sightings(self) -> list[Sighting]:
        tokens, names, longest = self.tokens, self.tables.names, self.tables.longest
        keys, found, i, end = tokens.keys, [], 0, len(tokens.keys)
        while i < end:
            step = 1
            if longest_here := longest.get(keys[i]):
                for n in range(min(longest_here, end - i), 0, -1):
                    meanings = names.get(keys[i] if n == 1 else " ".join(keys[i : i + n]))
                    if meanings and (fit := tuple(m for m in meanings if self._fits(m, i, n))):
                        found.append(Sighting(i, i + n, fit))
                        step = n
                        break
            i += step
        return found

    def _fits(self, meaning: Meaning, i: int, n: int) -> bool:
        tokens = self.tokens
        if tokens.starts[i] < self.caseless:
            return True
        if meaning.capitals:
            return all(tokens.upper[i : i + n])
        if meaning.article and (i == 0 or tokens.keys[i - 1] != "the"):
            return False
        return meaning.lower or (tokens.capital[i] and (n == 1 or tokens.capital[i + n - 1]))

    def _titles(self) -> list[Title]:
        offices, longest, keys = self.tables.offices, self.tables.longest_office, self.tokens.keys
        found, i, end = [], 0, len(keys)
        while i < end:
            step = 1
            if longest_here := longest.get(keys[i]):
                for n in range(min(longest_here, end - i), 0, -1):
                    office = offices.get(keys[i] if n == 1 else " ".join(keys[i : i + n]))
                    if office is not None:
                        found.append(Title(i, i + n, office))
                        step = n
                        break
            i += step
        return found

    def _drop_foreign_parties(self) -> None:
        """Forgets parties with everyday names (the Conservatives) of countries that the story does not name otherwise."""
        kept = []
        for seen in self.sightings:
            known = seen.meanings[0].known
            country = known.terms[-1].country
            word = self.tokens.keys[seen.i]
            if len(seen.meanings) == 1 and known.table == "parties" and seen.j - seen.i == 1 and word in self.tables.offices:
                places = self._weights.get(country, [])
                at = self.tokens.starts[seen.i]
                others = [p for p in places if p[0] != at]
                if sum(w for _, w in others) <= sum(w for c, ps in self._weights.items() if c != country for _, w in ps) / 4:
                    self._weights[country] = others
                    continue
            kept.append(seen)
        self.sightings = kept

    def _country_weights(self) -> dict[str, list[tuple[int, float]]]:
        weights: dict[str, list[tuple[int, float]]] = {}
        for seen in self.sightings:
            meaning = seen.meanings[0]
            if len(seen.meanings) > 1 and len({m.known.terms[0].country for m in seen.meanings}) > 1:
                continue
            known = meaning.known
            if known.choices:
                continue
            country = known.on(self.day).country
            if country in (INTERGOVERNMENTAL, TRANSNATIONAL, UNKNOWN):
                continue
            weight = MEDIA_WEIGHT if known.kind == "medium" else 1.0
            at = self.tokens.starts[seen.i]
            if at < LEAD:
                weight *= 1.5
            weights.setdefault(country, []).append((at, weight))
        for title in self.titles:
            if len(title.office.countries) == 1 and title.office.countries[0] not in (INTERGOVERNMENTAL, TRANSNATIONAL):
                weights.setdefault(title.office.countries[0], []).append((self.tokens.starts[title.i], 0.4))
        if self.home:
            weights.setdefault(self.home, []).append((0, 0.3))
        return weights

    def country_near(self, offset: int, among: tuple[str, ...] = ()) -> str:
        """The country that the story is about at a point: named often, and near; UNK when none is named."""
        best, top = UNKNOWN, 0.0
        for country, places in self._weights.items():
            if among and country not in among:
                continue
            score = 0.0
            for at, weight in places:
                score += weight * (0.5 + NEAR / (NEAR + abs(at - offset)))
            if score > top:
                best, top = country, score
        return best

    def weight_of(self, country: str) -> float:
        """How much the whole story is about a country."""
        return sum(w for _, w in self._weights.get(country, ()))

    def choose(self, meanings: tuple[Meaning, ...], offset: int) -> Meaning:
        """Which of several meanings a name has here: valid on the day, of the country that the story is about."""
        if len(meanings) == 1:
            return meanings[0]
        return max(meanings, key=lambda m: self._likelihood(m, offset))

    def _likelihood(self, meaning: Meaning, offset: int) -> tuple[bool, float, int]:
        known = meaning.known
        country = known.on(self.day).country
        about = self.weight_of(country) if country not in (INTERGOVERNMENTAL, TRANSNATIONAL) else 0.5
        plain = _PLAIN.index(meaning.naming) if meaning.naming in _PLAIN else len(_PLAIN)
        stately = known.table == "countries"
        return (known.holds(self.day), about if not stately else about + 0.6, -plain)

    def state(self, known: Known) -> Known:
        """The state that a territory's or historic state's name means on the day."""
        if known.parent and known.over(self.day):
            return self.tables.states[known.parent]
        return known


_PLAIN = (Naming.NAME, Naming.ALIAS, Naming.DEMONYM, Naming.CAPITAL, Naming.SEAT)


def scan(text: str, day: int | None, tables: Tables, home: str | None = None, caseless: int = 0) -> Story:
    """The story of a text; `home` is the country of its outlet, which counts where the text names none.

    Names that begin before the offset `caseless` are found whatever their capitals.
    """
    return Story(text, day, tables, home, caseless)
