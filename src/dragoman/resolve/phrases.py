"""Reading a mention: what its words say of who is meant, before the rest of the story is asked."""

from dataclasses import dataclass
from typing import Literal

from dragoman.mark.marks import Words
from dragoman.resolve.facts import Meaning, Naming, Office
from dragoman.resolve.figures import Figure, Figures
from dragoman.resolve.story import Sighting, Story, Title
from dragoman.resolve.vocabulary import FORMER

Shape = Literal["pronoun", "name", "person", "noun", "other"]

DETERMINERS = frozenset("the a an this that these those some any no all both each every".split())
POINTING = frozenset("the this that these those both".split())
BOUNDARIES = frozenset(
    """of for in from at to on with against by near inside outside within across among who whom whose which that including
    where under over after before during about around between into toward towards linked loyal close belonging aboard as
    fighting trying seeking holding carrying working living calling saying is was are were has have had""".split()
)
PRONOUNS = frozenset(
    """i me my mine myself we us our ours ourselves you your yours he him his himself she her hers herself it its itself
    they them their theirs themselves who whom whose one ones others one another""".split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a mention says by itself.

    `figure` is the person it names, `meaning` the known actor it names as a whole, `title` its head word, `owners` the
    known names that say whose it is (nearest first), `owner_figure` and `owner_pronoun` a
    possessor; `definite` when it points back.
    """

    words: Words
    shape: Shape
    i: int
    j: int
    figure: Figure | None = None
    meaning: Meaning | None = None
    title: Title | None = None
    helpers: tuple[Office, ...] = ()
    owners: tuple[Sighting, ...] = ()
    owner_figure: Figure | None = None
    owner_pronoun: int | None = None
    former: bool = False
    definite: bool = False
    head: str = ""


def read_phrase(story: Story, figures: Figures, words: Words) -> Phrase:
    """The reading of a mention's words."""
    i, j = _tokens_of(story, words)
    keys = story.tokens.keys
    if i >= j:
        return Phrase(words, "other", i, j)
    definite = keys[i] in POINTING
    begin = i
    while begin < j - 1 and keys[begin] in DETERMINERS:
        begin += 1
    if j - i <= 2 and all(k in PRONOUNS for k in keys[i:j]) and not (story.tokens.upper[i] and j - i == 1 and keys[i] == "us"):
        return Phrase(words, "pronoun", i, j, head=keys[j - 1] if keys[i] == "one" else keys[i])
    whole = story.sighting_at.get(begin)
    if whole is not None and whole.meanings[0].known.kind != "person" and _ends_with(story, whole, j):
        meaning = story.choose(whole.meanings, words.start)
        if not (meaning.naming is Naming.DEMONYM and story.tables.offices.get(keys[begin]) and not story.tokens.capital[begin]):
            return Phrase(
                words, "name", i, j, meaning=meaning, owners=(whole,), definite=definite, former=False, head=keys[j - 1]
            )
    head_figure = _head_person(story, figures, begin, j)
    if head_figure is not None:
        return _person(story, words, i, j, head_figure)
    return _noun(story, figures, words, i, begin, j, definite)


def _tokens_of(story: Story, words: Words) -> tuple[int, int]:
    i = story.token_at(words.start)
    j = i
    while j < len(story.tokens) and story.tokens.starts[j] < words.end:
        j += 1
    return i, j


def _ends_with(story: Story, seen: Sighting, j: int) -> bool:
    """Whether a name fills the mention, but for an abbreviation in brackets or words as "news agency" and "group"."""
    if seen.j >= j:
        return True
    rest = story.tokens.gap(seen.j - 1)
    if rest.startswith(" (") and j - seen.j <= 2:
        return True
    following = story.title_at.get(seen.j)
    known = seen.meanings[0].known
    naming = seen.meanings[0].naming
    if following is None or following.j < j or naming is Naming.DEMONYM or story.tokens.owner[seen.j - 1]:
        return False
    if known.kind == "medium":
        return following.office.sector == "JRN" and following.office.kind == "body"
    return known.kind in ("armed_group", "organisation", "group") and following.office.phrase in (
        "group",
        "movement",
        "organization",
        "organisation",
        "party",
        "militia",
        "network",
    )


def _head_person(story: Story, figures: Figures, begin: int, j: int) -> Figure | None:
    """The person whom a mention names as its head, not as a possessor or as a modifier ("the Trump administration")."""
    tokens = story.tokens
    k = begin
    found: Figure | None = None
    while k < j:
        figure = figures.at.get(k)
        if figure is None:
            if found is None and tokens.keys[k] in ("who", "whose", "which"):
                return None
            k += 1
            continue
        end = k
        while end < j and figures.at.get(end) is figure:
            end += 1
        last = end - 1
        after_comma = k > begin and "," in tokens.gap(k - 1)
        possessive = tokens.owner[last]
        next_is_noun = (
            end < j
            and not tokens.capital[end]
            and tokens.gap(last) in (" ", "-")
            and tokens.keys[end] not in BOUNDARIES
            and tokens.keys[end] != "and"
        )
        next_is_title = end < j and end in story.title_at and tokens.gap(last) in (" ", "-")
        in_tail = any(tokens.keys[n] in BOUNDARIES for n in range(begin, k)) and not after_comma
        if not possessive and not next_is_noun and not next_is_title and not in_tail:
            return figure
        if possessive and end < j:
            return None
        if possessive and end == j and not in_tail:
            return figure
        if in_tail:
            return None
        k = end
    return found


def _person(story: Story, words: Words, i: int, j: int, figure: Figure) -> Phrase:
    tokens = story.tokens
    call = next((c for c in figure.calls if i <= c.i < j), None)
    if call is None:
        return Phrase(words, "person", i, j, figure=figure)
    former = call.former or any(tokens.keys[n] in FORMER for n in range(i, call.i))
    return Phrase(words, "person", i, j, figure=figure, title=call.title, owners=call.modifiers, former=former)


def _noun(  # noqa: PLR0917
    story: Story, figures: Figures, words: Words, i: int, begin: int, j: int, definite: bool
) -> Phrase:
    """A mention whose head is a common noun, with whose it is."""
    keys = story.tokens.keys
    core_end = _core_end(story, begin, j)
    titles = [t for t in story.titles if begin <= t.i and t.j <= j]
    core = [t for t in titles if t.j <= core_end]
    title = core[-1] if core else None
    helpers = [t.office for t in reversed(core[:-1])] + [t.office for t in titles if t.i >= core_end]
    before = [s for s in story.sightings if begin <= s.i and s.j <= core_end]
    after = [s for s in story.sightings if s.i >= core_end and s.i < j]
    before.reverse()
    owner_figure, owner_pronoun = None, None
    for k in range(begin, j):
        figure = figures.at.get(k)
        if figure is not None and owner_figure is None and (title is None or k not in range(title.i, title.j)):
            owner_figure = figure
        if owner_pronoun is None and keys[k] in ("his", "her", "their", "its", "our", "my", "your", "whose"):
            owner_pronoun = k
    former = any(keys[k] in FORMER for k in range(begin, title.j if title else core_end))
    head = keys[title.j - 1] if title else keys[max(begin, core_end - 1)]
    shape: Shape = "noun" if title is not None else "other"
    return Phrase(
        words, shape, i, j, title=title, helpers=tuple(helpers), owners=(*before, *after), owner_figure=owner_figure,
        owner_pronoun=owner_pronoun, former=former, definite=definite, head=head,
    )  # fmt: skip


def _core_end(story: Story, begin: int, j: int) -> int:
    """Where the noun phrase proper ends: at the first preposition, relative word, comma or bracket."""
    tokens = story.tokens
    inside = {k for s in story.sightings if begin <= s.i < j for k in range(s.i + 1, s.j)}
    inside |= {k for t in story.titles if begin <= t.i < j for k in range(t.i + 1, t.j)}
    for k in range(begin + 1, j):
        gap = tokens.gap(k - 1)
        if tokens.keys[k] == "and" and k not in inside and any(t.j == k for t in story.titles if t.i >= begin):
            return k
        if k not in inside and (tokens.keys[k] in BOUNDARIES or "," in gap or "(" in gap or "–" in gap or "—" in gap):
            return _past_quantity(story, begin, k, j)
    return j


def _past_quantity(story: Story, begin: int, k: int, j: int) -> int:
    """The end of "hundreds of protesters", "a number of ministers", whose head comes after the "of"."""
    tokens = story.tokens
    if (
        tokens.keys[k] == "of"
        and not any(begin <= t.i < k for t in story.titles if t.office.phrase not in QUANTITIES)
        and not any(begin <= s.i < k for s in story.sightings)
    ):
        return _core_end(story, k, j) if k + 1 < j else k
    return k


QUANTITIES = frozenset("group crowd majority minority family member people team".split()) - {"member", "family", "people"}
