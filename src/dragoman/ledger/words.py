"""Words of tellings, brought to a form in which two tellings of one act can be compared."""

import csv
import math
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from dragoman.errors import TableError

_FOLDER = Path(__file__).parent
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?", re.UNICODE)
_SHORTEST_STEM = 3
_ENDINGS = (
    ("izations", "iz"), ("ization", "iz"), ("ations", ""), ("ation", ""), ("ements", ""), ("ement", ""), ("ments", ""),
    ("ment", ""), ("ings", ""), ("ing", ""), ("ied", "y"), ("ies", "y"), ("ions", ""), ("ion", ""), ("sses", "ss"),
    ("als", ""), ("al", ""), ("ers", ""), ("er", ""), ("ors", ""), ("or", ""), ("ed", ""), ("es", ""), ("ly", ""), ("s", ""),
    ("e", ""),
)  # fmt: skip
_KEPT = ("ss", "us", "is")
_REMEMBERED = 1 << 16


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists of `words.toml`, as stems where they are compared with stems."""

    stop: frozenset[str]
    titles: frozenset[str]
    vague: frozenset[str]
    plural_markers: frozenset[str]
    denying: frozenset[str]
    kinds: dict[str, frozenset[str]]


@cache
def word_lists() -> WordLists:
    """The word lists of the package.

    Raises TableError where the file is missing a list.
    """
    path = _FOLDER / "words.toml"
    table = tomllib.loads(path.read_text("utf8"))
    try:
        kinds: dict[str, set[str]] = {}
        for kind, words in table["kinds"].items():
            for word in words.split():
                kinds.setdefault(stem(word), set()).add(kind)
        return WordLists(
            stop=frozenset(table["stop"].split()),
            titles=frozenset(table["titles"].split()),
            vague=frozenset(table["vague"].split()),
            plural_markers=frozenset(table["plural_markers"].split()),
            denying=frozenset(table["denying"].split()),
            kinds={s: frozenset(k) for s, k in kinds.items()},
        )
    except KeyError as missing:
        raise TableError(f"{path}: the list {missing} is missing; take the file as it was released") from None


def plain_words(text: str) -> list[str]:
    """The words of a text as they stand, without possessive endings.

    >>> plain_words("The U.S. envoy's plane left.")
    ['The', 'U.S.', 'envoy', 'plane', 'left']
    """
    return [_trimmed(m.group()) for m in _WORD.finditer(text)]


def _trimmed(word: str) -> str:
    if word.endswith("."):
        word = word if "." in word[:-1] else word[:-1]
    for ending in ("'s", "’s"):
        word = word.removesuffix(ending)
    return word


@lru_cache(maxsize=_REMEMBERED)
def stem(word: str) -> str:
    """The word in small letters without the ending that its forms differ in.

    >>> stem("Poisoned"), stem("poisoning"), stem("withdrawal"), stem("withdraws")
    ('poison', 'poison', 'withdraw', 'withdraw')
    """
    word = word.lower().replace("’", "'")
    if word.endswith(_KEPT) or not word.isalpha():
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return _undoubled(word[: len(word) - len(ending)] + instead)
    return word


def _undoubled(word: str) -> str:
    twice = len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeiouls"
    return word[:-1] if twice else word.removesuffix("e") if len(word) > _SHORTEST_STEM else word


def content_stems(words: Iterable[str]) -> frozenset[str]:
    """Stems of the words that tell something."""
    stop = word_lists().stop
    return frozenset(
        stem(w) for w in words if (low := w.lower().replace("’", "'")) not in stop and (len(low) > 1 or low.isdigit())
    )


@lru_cache(maxsize=_REMEMBERED)
def name_words(name: str) -> frozenset[str]:
    """The words of a name that tell it from others, in small letters: capitals, without titles.

    >>> sorted(name_words("Foreign Minister Anna Maria Berg"))
    ['anna', 'berg', 'maria']
    """
    titles = word_lists().titles
    return (
        frozenset(
            low
            for w in plain_words(name)
            if w[:1].isupper() and (low := w.lower().replace("’", "'")) not in titles and len(low) > 1
        )
        - word_lists().stop
    )


@lru_cache(maxsize=_REMEMBERED)
def generic_words(name: str) -> frozenset[str]:
    """Stems of all telling words of a name, titles included."""
    return content_stems(plain_words(name))


def word_weight(word: str) -> float:
    """How much a stem tells, from 0 for the commonest to 1 for one that the table does not know."""
    return _weights().get(word, 1.0)


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """Weighted share of the words that two sets have in common, 0 to 1."""
    if not one or not other:
        return 0.0
    shared = sum(map(word_weight, one & other))
    if not shared:
        return 0.0
    return shared / math.sqrt(_mass(one) * _mass(other))


@lru_cache(maxsize=_REMEMBERED)
def _mass(words: frozenset[str]) -> float:
    return sum(map(word_weight, words))


@cache
def _weights() -> dict[str, float]:
    path = _FOLDER / "word_weights.csv"
    with path.open(encoding="utf8", newline="") as file:
        rows = csv.reader(line for line in file if not line.startswith("#"))
        next(rows)
        return {word: float(weight) for word, weight in rows}
