"""What in a text is not its story: advertisements, credits, links to other stories, lines of the page.

The patterns are `boilerplate.toml`; this module knows only where each kind of them may match.
"""

import functools
import itertools
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources

from dragoman.mark.marks import Words

_LONGEST_LINE = 500
"""Characters beyond which a line is a paragraph of the story, whatever it begins with."""

_LONGEST_LINK = 160
_LINE = re.compile(r"[^\n]+")
_EDGES = " \t\r\f\v\u00a0\u200b()[]*_#>•·|-–—"
_FINAL = ".!?…:" + _EDGES
_QUOTE = re.compile(r"[\"“”]")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s*\Z")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\r?\n[ \t]*){2,}")


@dataclass(frozen=True, slots=True)
class _Patterns:
    line: re.Pattern[str]
    inline: re.Pattern[str]
    section: re.Pattern[str]
    glued: re.Pattern[str]
    labelled: re.Pattern[str]
    sells: re.Pattern[str]


def boilerplate(text: str, titled: bool = True) -> list[Words]:
    r"""Stretches of a text that are not its story, in order and without overlap.

    The first line of a text that is `titled` is its title, whatever it looks like.

    >>> boilerplate("They met on Monday.\n\nRead more: All about the talks")
    [Words(start=21, end=51)]
    """
    lines = [Words(*found.span()) for found in _LINE.finditer(text) if not found.group().isspace()]
    body = lines[1:] if titled else lines
    found = [*_advertisements(text, lines), *_boilerplate_lines(text, body), *_link_lists(text, body), *_inline(text)]
    return _joined(text, found)


def without_boilerplate(text: str, titled: bool = True) -> str:
    """The text with its boilerplate cut out and the gaps closed; the text itself when there is none."""
    cuts = boilerplate(text, titled)
    if not cuts:
        return text
    ends = [Words(0, 0), *cuts, Words(len(text), len(text))]
    kept = "".join(text[before.end : after.start] for before, after in itertools.pairwise(ends))
    return _BLANK_LINES.sub("\n\n", kept).strip()


def _boilerplate_lines(text: str, lines: Sequence[Words]) -> Iterator[Words]:
    patterns = _patterns()
    for line in lines:
        bare = _bare(text, line)
        if bare and len(bare) <= _LONGEST_LINE and patterns.line.fullmatch(bare):
            yield line


def _bare(text: str, line: Words) -> str:
    return text[line.start : line.end].lstrip(_EDGES).rstrip(_FINAL)


def _advertisements(text: str, lines: Sequence[Words]) -> Iterator[Words]:
    """Labelled advertisements: from the label to its line's end, or to the text's end when all lines after it sell too."""
    starts = [_advertisement_start(text, line) for line in lines]
    if all(start is None for start in starts):
        return
    tail = _tail(lines, lambda line: _sells(text, line))
    for number, (line, start) in enumerate(zip(lines, starts, strict=True), start=1):
        if start is not None:
            yield Words(start, line.end)
            if number >= tail:
                yield from lines[number:]
                return


def _tail(lines: Sequence[Words], holds: Callable[[Words], bool]) -> int:
    """Index of the first of the last lines for which all `holds`; the number of lines when it does not hold for the last."""
    index = len(lines)
    while index > 0 and holds(lines[index - 1]):
        index -= 1
    return index


def _advertisement_start(text: str, line: Words) -> int | None:
    patterns = _patterns()
    if glued := patterns.glued.search(text, line.start, line.end):
        return glued.start()
    labelled = patterns.labelled.match(text, line.start, line.end)
    if labelled and patterns.sells.search(text, labelled.end(), line.end):
        return line.start
    return None


def _sells(text: str, line: Words) -> bool:
    words = text[line.start : line.end]
    return len(words) <= _LONGEST_LINE and not _QUOTE.search(words) and bool(_patterns().sells.search(words))


def _link_lists(text: str, lines: Sequence[Words]) -> Iterator[Words]:
    tail = _tail(lines, lambda line: _is_link(text, line))
    for line in lines[max(0, tail - 1) :]:
        bare = _bare(text, line)
        if bare and len(bare) <= _LONGEST_LINK and _patterns().section.fullmatch(bare):
            yield Words(line.start, lines[-1].end)
            return


def _is_link(text: str, line: Words) -> bool:
    words = text[line.start : line.end]
    return len(words) <= _LONGEST_LINK and not _SENTENCE_END.search(words)


def _inline(text: str) -> Iterator[Words]:
    for found in _patterns().inline.finditer(text):
        yield Words(*found.span())


def _joined(text: str, stretches: Sequence[Words]) -> list[Words]:
    """Stretches in order, joined where they touch or only blanks lie between them, without blanks at their edges."""
    joined: list[Words] = []
    for stretch in sorted(stretches):
        if joined and (stretch.start <= joined[-1].end or not text[joined[-1].end : stretch.start].strip()):
            joined[-1] = Words(joined[-1].start, max(joined[-1].end, stretch.end))
        else:
            joined.append(stretch)
    trimmed = [_trimmed(text, stretch) for stretch in joined]
    return [stretch for stretch in trimmed if stretch.start < stretch.end]


def _trimmed(text: str, stretch: Words) -> Words:
    words = text[stretch.start : stretch.end]
    return Words(stretch.start + len(words) - len(words.lstrip()), stretch.start + len(words.rstrip()))


@functools.cache
def _patterns() -> _Patterns:
    table = tomllib.loads(resources.files(__package__).joinpath("boilerplate.toml").read_text(encoding="utf-8"))
    advertisement = table["advertisement"]
    return _Patterns(
        *(_any_of([entry["pattern"] for entry in table[kind]]) for kind in ("line", "inline", "section")),
        *(_any_of([advertisement[kind]]) for kind in ("glued", "labelled", "sells")),
    )


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
