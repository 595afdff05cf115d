"""Whether a text is in English."""

# ruff: noqa: PLC0415 (large libraries are imported when they are first needed)
import csv
import functools
import re
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_WINDOW = 2_000
_WORD = re.compile(r"[^\W\d_]+")

_ENGLISH = frozenset("the and that with from this which they were said would been who their his have".split())
"""Function words of English that are rare in other languages written in Latin letters."""

_ENGLISH_SHARE = 0.06
"""Share of these words above which a text is English: the least of 269 whole English news articles is 0.07."""

_FEWEST_WORDS = 20
"""Words from which that share is a measure."""

_FEWEST_COMMON_WORDS = 3
_LAST_LATIN = "\u024f"
_SURE = 0.4
_NOT_ENGLISH = 0.01
"""A text is foreign when py3langid gives another language at least the one and English at most the other: of 4,700 English
sentences and headlines of news none is, of 28 single foreign sentences full of names 20 are."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language as it was told from a text: its code, its English name, and whether it can be read."""

    code: str
    name: str
    readable: bool


def foreign_language(text: str) -> Language | None:
    """The language of a text that is surely not English; None for English and for what is too short or mixed to tell."""
    sample = _sample(text)
    if _reads_like_english(sample):
        return None
    telling = _without_names(sample)
    return _told(telling) if telling else None


def _sample(text: str) -> str:
    """Beginning, middle and end of a long text."""
    if len(text) <= 3 * _WINDOW:
        return text
    middle = len(text) // 2
    return "\n".join((text[:_WINDOW], text[middle : middle + _WINDOW], text[-_WINDOW:]))


def _reads_like_english(text: str) -> bool:
    """Spares nearly all English texts the second that py3langid takes to load."""
    words = _WORD.findall(text.lower())
    return len(words) >= _FEWEST_WORDS and sum(w in _ENGLISH for w in words) >= _ENGLISH_SHARE * len(words)


def _without_names(text: str) -> str:
    """What tells the language: of Latin letters only the words that are no names, and nothing when these are too few."""
    words = _WORD.findall(text.lower() if text.isupper() else text)
    if 2 * sum(word > _LAST_LATIN for word in words) > len(words):
        return text
    common = [word for word in words if word[0].islower()]
    return " ".join(common) if len(common) >= _FEWEST_COMMON_WORDS else ""


def _told(text: str) -> Language | None:
    ranked = _identifier().rank(text)
    likelihood = dict(ranked)
    code, likeliest = ranked[0]
    language = _languages().get(code) or Language(code, code, readable=False)
    if language.readable or likeliest < _SURE or likelihood["en"] > _NOT_ENGLISH:
        return None
    return language


@functools.cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@functools.cache
def _languages() -> dict[str, Language]:
    table = resources.files(__package__).joinpath("languages.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in table.splitlines() if not line.startswith("#"))
    return {row["code"]: Language(row["code"], row["name"], row["read"] == "yes") for row in rows}
