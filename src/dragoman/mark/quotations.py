"""Whether a content stands in quotation marks."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman.mark.marks import Words
from dragoman.record import StatementKind

_MARK = re.compile(
    r"""(?P<open>[“«„])|(?P<close>[”»])|(?P<toggle>"|'')|(?P<open_single>(?<![^\s"“(\[—–])[‘'](?=\w))|(?P<close_single>(?<=[\w.,!?…])[’'](?!\w))"""
)
_BEFORE = ("“", "«", "„", '"', "''", "‘")


class _Stretch(NamedTuple):
    """A part of a content between two quotation marks."""

    words: Words
    quoted: bool


def statement_kind(text: str, content: Sequence[Words], outside: Sequence[Words]) -> StatementKind:
    """Direct where all of a content stands in quotation marks, indirect where none does.

    `outside` are the speaker's and the cue's words; what stands around them between two quotations is no part of the content.
    """
    quoted = plain = False
    for part in content:
        for stretch, inside in _stretches(text, part):
            interrupts = part.start < stretch.start and stretch.end < part.end and any(stretch.overlaps(o) for o in outside)
            if (inside or not interrupts) and _has_letters(text, stretch, outside):
                quoted, plain = quoted or inside, plain or not inside
    if quoted and not plain:
        return "direct"
    return "mixed" if quoted else "indirect"


def _has_letters(text: str, stretch: Words, outside: Sequence[Words]) -> bool:
    return any(text[i].isalnum() and not any(o.start <= i < o.end for o in outside) for i in range(*stretch))


def _stretches(text: str, part: Words) -> Iterator[_Stretch]:
    at = part.start
    double, single = text[:at].endswith(_BEFORE), False
    for mark in _MARK.finditer(text, part.start, part.end):
        yield _Stretch(Words(at, mark.start()), double or single)
        at = mark.end()
        match mark.lastgroup:
            case "open":
                double = True
            case "close":
                double = single = False
            case "toggle":
                double = not double
            case "open_single":
                single = True
            case _:
                single = False
    yield _Stretch(Words(at, part.end), double or single)
