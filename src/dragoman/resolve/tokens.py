"""The words of a text, folded so that spellings of one name compare equal."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}(?:['’]s\b)?|[^\W_]+(?:['’ʼ‘`´ʻ][^\W_]+)*")
_APOSTROPHES = re.compile(r"['’ʼ‘`´ʻ.]")
_FOLDED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "e"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text as parallel lists; offsets are code points of that text.

    `keys` are folded words; `capital` tells an upper-case initial, `upper` that all letters are, `owner` that a
    possessive ending follows.
    """

    text: str
    starts: list[int]
    ends: list[int]
    keys: list[str]
    capital: list[bool]
    upper: list[bool]
    owner: list[bool]

    def __len__(self) -> int:
        return len(self.keys)

    def gap(self, i: int) -> str:
        """The characters between token i and the next one."""
        return self.text[self.ends[i] : self.starts[i + 1]] if i + 1 < len(self.starts) else self.text[self.ends[i] :]


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word in lower case without accents, apostrophes and full stops.

    >>> fold("Sana’a"), fold("Erdoğan"), fold("U.S.")
    ('sanaa', 'erdogan', 'us')
    """
    folded = word.lower() if word.isascii() else _unaccented(word.lower().translate(_FOLDED))
    return _APOSTROPHES.sub("", folded)


def _unaccented(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def tokenise(text: str) -> Tokens:
    """The tokens of a text; hyphens part words, apostrophes inside a word do not, a possessive 's is left out."""
    starts: list[int] = []
    ends: list[int] = []
    keys: list[str] = []
    capital: list[bool] = []
    upper: list[bool] = []
    owner: list[bool] = []
    for found in _TOKEN.finditer(text):
        word, start, end = found.group(), found.start(), found.end()
        owned = False
        if len(word) > 2 and (word[-1] == "s" or word[-1] == "S") and word[-2] in "'’":
            word, end, owned = word[:-2], end - 2, True
        elif word[-1] == "s" and end < len(text) and text[end] in "'’" and not text[end + 1 : end + 2].isalnum():
            owned = True
        starts.append(start)
        ends.append(end)
        keys.append(fold(word))
        capital.append(word[0].isupper() or word[0].isdigit())
        upper.append(word.isupper())
        owner.append(owned)
    return Tokens(text, starts, ends, keys, capital, upper, owner)


def name_key(name: str) -> str:
    """A name as its folded words in a row, a leading article and possessive endings left out.

    >>> name_key("The People’s Republic of China")
    'people republic of china'
    """
    plain = name.isascii() and name.replace(" ", "").isalpha()
    words = name.lower().split() if plain else tokenise(name).keys
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
