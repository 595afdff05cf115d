"""Where sentences begin and end in a text."""

import re
from typing import NamedTuple

ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof gen lt col maj capt sgt cpl cmdr adm brig gov sen rep reps sens pres rev hon st ste sr jr
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    vs etc al no nos vol art sec fig ave blvd rd dept univ assn bros inc ltd corp co cos
    ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa
    penn tenn tex va vt wash wis wyo messrs mme mlle supt atty insp det approx est cf ft mt e.g i.e a.m p.m""".split()
)
"""Words that take a full stop without ending a sentence, in lower case without that stop."""

ENDING_ABBREVIATIONS = frozenset("inc ltd corp co cos etc jr sr a.m p.m al".split())
"""Of these, the ones that may end a sentence too: they do where a capital that is no name's continuation follows."""

ORDINARY_WORDS = frozenset("no sat sun mar art fig ill miss mass wash ore ark".split())
"""Of these, the ones that are words of their own in small letters, short forms only before a figure: "no. 10"."""

_END = re.compile(r"""(?<![.!?…])(?P<stop>[.!?…]+)(?P<close>["'”’)\]]*)(?P<gap>\s+)(?=["'“‘(\[]*(?P<next>\w))""")
_LINE = re.compile(r"\n\s*|\Z")
_LAST_WORD = re.compile(r"[\w.&’']*\Z")
_LONGEST_SHORT_FORM = 24
_INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Z]")
_STARTERS = frozenset("the a an in on at he she it they we i but and this that these those his her their its".split())


class Sentence(NamedTuple):
    """A half-open stretch of a text, in code points, blanks at its edges left out."""

    start: int
    end: int


def split_sentences(text: str) -> list[Sentence]:
    """Sentences of a text, in order and without overlap; a line break always ends one.

    >>> [tuple(s) for s in split_sentences("He met Mr. Li. They spoke.")]
    [(0, 14), (15, 26)]
    """
    sentences: list[Sentence] = []
    at = 0
    for line in _LINE.finditer(text):
        sentences += _split_line(text, at, line.start())
        at = line.end()
    return sentences


def _split_line(text: str, start: int, end: int) -> list[Sentence]:
    sentences: list[Sentence] = []
    begin = start
    for found in _END.finditer(text, start, end):
        if _ends_sentence(text, begin, found):
            sentences.append(_trimmed(text, begin, found.start("gap")))
            begin = found.end()
    sentences.append(_trimmed(text, begin, end))
    return [s for s in sentences if s.start < s.end]


def _trimmed(text: str, start: int, end: int) -> Sentence:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Sentence(start, end)


def _ends_sentence(text: str, begin: int, found: re.Match[str]) -> bool:
    following = found["next"]
    if following.islower():
        return False
    if found["stop"] != "." or found["close"]:
        return True
    last = _LAST_WORD.search(text, max(begin, found.start() - _LONGEST_SHORT_FORM), found.start())
    word = last.group().lstrip("'’") if last else ""
    next_word = re.match(r"\w+", text[found.end() : found.end() + 30].lstrip("\"'“‘(["))
    starts_new = next_word is not None and next_word.group().lower() in _STARTERS
    if _INITIALS.fullmatch(word):
        return starts_new and "." in word
    if word in ORDINARY_WORDS:
        return not following.isdigit()
    if word.lower() in ABBREVIATIONS:
        return word.lower() in ENDING_ABBREVIATIONS and starts_new
    return True
