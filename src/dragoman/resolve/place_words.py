"""Finding the words of a text that name a place."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from dragoman.mark.marks import Words
from dragoman.mark.sentences import ABBREVIATIONS
from dragoman.resolve.gazetteer import AREA, CITY, COUNTRY, REGION, SITE, WATER, Rows, gazetteer
from dragoman.resolve.names import folded

TABLES = Path(__file__).parent / "tables"
LONGEST = 5
TOWN_WEIGHT = 5000
"""Least weight (100,000 people) of a town whose name alone is believed."""
VILLAGE_WEIGHT = 3300
METROPOLIS_WEIGHT = 6200
"""Above it (1.6 million people) a word is a place though it is a person's name as well."""

_TOKEN = re.compile(
    r"(?:[A-Z]\.\s?){2,}|(?<![^\W_])(?:(?:[^\W\d_a-z]|(?:al|el|ad|as|at|ar|an|ash)-[A-Z])(?:[\w’'‘-]*\w)?\.?"
    r"|(?:of|the|and|de|da|do|dos|la|le|les|du|des|del|di|upon|on|sur|en|am|al|el|y|e|i)(?![\w’'-]))|&"
)
_INITIALS = re.compile(r"(?:[A-Z]\.\s?){2,}|[A-Z]\.|W\.Va\.")
_ADJECTIVE = re.compile(r"([^\W\d_][\w’']*)-[a-z]\w*")
_SENTENCE_END = re.compile(r"""(?:[.!?:…][\s"'“”‘’)]*|\n\s*|[“"])["'“‘(\[]*$""")
_GAP = re.compile(r"[ \t ]{1,2}|\n(?!\n)")
_LOCATIVE = re.compile(
    r"\b(?:in|at|near|from|to|of|around|outside|across|into|toward|towards|between|inside|through|over|via)\s+(?:the\s+)?$", re.I
)


@dataclass(frozen=True, slots=True)
class Match:
    """Capitalised words of a text that the gazetteer knows, with the rows that they may mean."""

    words: Words
    key: str
    rows: tuple[int, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Token:
    """A capitalised word of a text or one that joins such; `glued` when nothing but a blank parts it from the one before."""

    start: int
    end: int
    text: str
    glued: bool
    capital: bool


@cache
def word_list(name: str) -> frozenset[str]:
    """A set of the table of words that are told apart from places."""
    return frozenset(word for row in _table("places_words.csv") if row["set"] == name for word in row["words"].split())


def _table(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf8") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@cache
def peoples() -> dict[str, int]:
    """Rows of countries and regions by the folded adjectives and names of their people."""
    wide = {
        folded(word): rows_of(folded(row["region"]))[0]
        for row in _table("places_peoples.csv")
        for word in row["words"].split("|")
    }
    return wide | demonyms()


@cache
def demonyms() -> dict[str, int]:
    """The same of countries alone."""
    rows = _table("places_countries.csv")
    atlas = gazetteer()
    ranks = {row["iso3"]: atlas.rank_of_country(row["iso3"]) for row in rows}
    return {
        folded(word): atlas.row_of_division(rank)
        for row in reversed(rows)
        if (rank := ranks[row["iso3"]]) is not None
        for word in (row["demonyms"] or "").split("|")
        if word
    }


@lru_cache(maxsize=20_000)
def rows_of(key: str) -> tuple[int, ...]:
    """The gazetteer's rows for a folded name, the weightiest first; at most 60."""
    atlas = gazetteer()
    rows: Rows = atlas.rows_of_key(key)
    if len(rows) > 1:
        rows = rows[(-atlas.weight[rows].astype(int)).argsort(kind="stable")][:60]
    return tuple(rows.tolist())


@lru_cache(maxsize=4)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The capitalised words of a text and the small words that join names, a possessive ending left out."""
    tokens: list[Token] = []
    before = -1
    for found in _TOKEN.finditer(text):
        word, start = found.group().rstrip(), found.start()
        capital = word[0].isupper() or "-" in word
        if capital:
            if word[-1] == "." and word[:-1].lower() not in ABBREVIATIONS and not _INITIALS.fullmatch(word):
                word = word[:-1]
            end = start + len(word)
            if "-" in word and (joined := _ADJECTIVE.fullmatch(word)):
                word = joined[1]
            if len(word) > 2 and word[-2:] in ("'s", "’s", "s'", "s’"):
                word = word[: -1 if word[-2] == "s" else -2]
        else:
            end = start + len(word)
        glued = before >= 0 and (text[before:start] == " " or _GAP.fullmatch(text, before, start) is not None)
        tokens.append(Token(start, start + len(word), word, glued, capital))
        before = end if end == start + len(word) else -2
    return tuple(tokens)


@lru_cache(maxsize=4)
def matches(text: str) -> tuple[Match, ...]:
    """The longest names that the gazetteer knows, from left to right, without overlap."""
    return tuple(_matches(text, tokens_of(text)))


def _matches(text: str, tokens: Sequence[Token]) -> Iterator[Match]:
    at = 0
    while at < len(tokens):
        found = _longest(text, tokens, at) if tokens[at].capital else None
        if found:
            yield found
        at = found.last + 1 if found else at + 1


def _longest(text: str, tokens: Sequence[Token], at: int) -> Match | None:
    end = at + 1
    while end < len(tokens) and end - at < LONGEST and tokens[end].glued:
        end += 1
    while end > at:
        last = tokens[end - 1]
        if last.capital:
            key = folded(text[tokens[at].start : last.end])
            if len(key) > 1 and (rows := rows_of(key)):
                return Match(Words(tokens[at].start, last.end), key, rows, at, end - 1)
        end -= 1
    return None


def find_place_words(text: str) -> tuple[Words, ...]:
    """Words of a text that name a place, in text order, by the gazetteer and their surroundings.

    Names of persons and organisations that hold a place's name, demonyms and common words that open a sentence are left out.

    >>> [text[w.start:w.end] for text in ["He flew from Baghdad to Paris."] for w in find_place_words(text)]
    ['Baghdad', 'Paris']
    """
    tokens = tokens_of(text)
    found = matches(text)
    told = _lands_told(found, tokens)
    return tuple(m.words for m in found if _is_place(text, tokens, m, told))


def _lands_told(found: Sequence[Match], tokens: Sequence[Token]) -> frozenset[int]:
    """Ranks of countries and first-level divisions that the text names, as places or by their people."""
    atlas = gazetteer()
    told: set[int] = set()
    people = demonyms()
    lands = [m.rows[0] for m in found if atlas.kind[m.rows[0]] in (COUNTRY, REGION)]
    lands += [people[key] for token in tokens if token.capital and (key := folded(token.text)) in people]
    told.update(atlas.rank(row) for row in lands)
    towns = [
        m.rows[0]
        for m in found
        if atlas.kind[m.rows[0]] == CITY
        and atlas.weight[m.rows[0]] >= TOWN_WEIGHT
        and m.key not in word_list("names") | word_list("common")
    ]
    told.update(rank for row in towns for rank in atlas.above(row))
    return frozenset(told)


def _is_place(text: str, tokens: Sequence[Token], match: Match, told: frozenset[int]) -> bool:
    """Whether a match is taken for a place: no common word, no part of another name, and great or well placed enough."""
    first = tokens[match.first]
    single = match.first == match.last
    if match.key in peoples() or (single and _is_common(first, match.key)) or not _stands_alone(text, tokens, match):
        return False
    kinds = {int(gazetteer().kind[row]) for row in match.rows}
    if kinds & {COUNTRY, AREA, WATER}:
        return not (single and _opens_sentence(text, first) and match.key in word_list("common"))
    if single and match.key in word_list("common"):
        return False
    return _in_a_land(text, tokens, match) or _is_believed(text, match, kinds, single=single, told=told)


def _opens_sentence(text: str, token: Token) -> bool:
    """Whether a token stands at the start of the text, of a line, or after a full stop, quotation marks between."""
    return _SENTENCE_END.search(text, max(0, token.start - 6), token.start) is not None or token.start < 2


def _is_common(token: Token, key: str) -> bool:
    """Whether a single word is never a place, whatever the gazetteer says: months, offices, papers, two capitals."""
    short = len(token.text) == 2 and token.text.isupper() and token.text not in word_list("short")
    return short or key in word_list("never")


def _is_believed(text: str, match: Match, kinds: set[int], *, single: bool, told: frozenset[int]) -> bool:
    """Whether a town, division or site is great enough, or lies in a land of the story and stands after a preposition."""
    atlas = gazetteer()
    located = _LOCATIVE.search(text, max(0, match.words.start - 20), match.words.start) is not None
    weight = max(int(atlas.weight[row]) for row in match.rows)
    if kinds & {REGION, SITE} and (not single or weight >= TOWN_WEIGHT):
        return True
    if single and match.key in word_list("names") and not located and weight < METROPOLIS_WEIGHT:
        return False
    if CITY in kinds and weight >= TOWN_WEIGHT:
        return True
    at_home = weight >= VILLAGE_WEIGHT and any(atlas.lies_in(row, told) for row in match.rows)
    return at_home and (located or not single)


def _stands_alone(text: str, tokens: Sequence[Token], match: Match) -> bool:
    """Whether the match is no part of a longer name: of a person, a team, a paper, a company."""
    first = tokens[match.first]
    if match.first and first.glued:
        before = tokens[match.first - 1]
        opening = before.text.lower() in word_list("openers") and _opens_sentence(text, before)
        if before.capital and not opening and before.text.lower().rstrip(".") not in word_list("before"):
            return False
        if (
            before.text == "of"
            and match.first > 1
            and tokens[match.first - 2].capital
            and tokens[match.first - 2].text.lower() in word_list("institutions")
        ):
            return False
    if match.last + 1 < len(tokens):
        after = tokens[match.last + 1]
        if after.glued and after.capital and not first.text.isupper():
            return after.text.lower().rstrip(".") in word_list("after") or folded(after.text) in demonyms()
    return True


def _in_a_land(text: str, tokens: Sequence[Token], match: Match) -> bool:
    """Whether a comma and a country or division follow that one of the match's places lies in."""
    if match.last + 1 >= len(tokens) or not re.fullmatch(r",\s+", text[match.words.end : tokens[match.last + 1].start]):
        return False
    following = _longest(text, tokens, match.last + 1) if tokens[match.last + 1].capital else None
    if not following:
        return False
    atlas = gazetteer()
    lands = frozenset(atlas.rank(row) for row in following.rows if atlas.kind[row] in (COUNTRY, REGION, 2))
    return any(atlas.lies_in(row, lands) for row in match.rows)
