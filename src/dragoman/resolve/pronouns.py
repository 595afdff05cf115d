"""Whom a pronoun or a bare pointing word stands for."""

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.mark.marks import Marks, Words
from dragoman.resolve.story import Story


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place in the text that names an actor: `key` tells the actor, `subject` that it opens its sentence."""

    start: int
    end: int
    key: str
    person: bool
    plural: bool
    gender: str
    body: bool
    subject: bool
    marked: bool = False


MALE = frozenset("he him his himself".split())
FEMALE = frozenset("she her hers herself".split())
THINGS = frozenset("it its itself".split())
MANY = frozenset("they them their theirs themselves".split())
SPEAKER = frozenset("i me my mine myself".split())
SPEAKERS = frozenset("we us our ours ourselves".split())
HEARER = frozenset("you your yours".split())
RELATIVE = frozenset("who whom whose".split())

LOOK_BACK = 5
"""Sentences before a pronoun's in which its antecedent is looked for."""


class Speeches:
    """Who speaks where, from the marked statements."""

    def __init__(self, marks: Marks) -> None:
        self._statements = marks.statements

    def speaker_at(self, offset: int) -> Words | None:
        """The speaker of the innermost statement whose content holds an offset."""
        inside = [
            (c.end - c.start, s.speaker) for s in self._statements for c in s.content if c.start <= offset < c.end and s.speaker
        ]
        return min(inside)[1] if inside else None

    def speaker_near(self, offset: int, story: Story) -> Words | None:
        """The speaker of the statement nearest before an offset, in its paragraph or the one before."""
        begin = story.text.rfind("\n", 0, max(0, story.text.rfind("\n", 0, offset) - 1)) + 1
        before = [(c.start, s.speaker) for s in self._statements for c in s.content if begin <= c.start <= offset and s.speaker]
        return max(before)[1] if before else None

    def addressee_at(self, offset: int) -> Words | None:
        """The one addressed in the innermost statement whose content holds an offset."""
        inside = [
            (c.end - c.start, s.addressee)
            for s in self._statements
            for c in s.content
            if c.start <= offset < c.end and s.addressee
        ]
        return min(inside)[1] if inside else None


def in_quotation(story: Story, offset: int) -> bool:
    """Whether an offset stands between quotation marks of its paragraph."""
    begin = story.text.rfind("\n", 0, offset) + 1
    before = story.text[begin:offset]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def antecedent(story: Story, word: str, at: int, candidates: Sequence[Candidate], speaker: str | None) -> Candidate | None:
    """The candidate for whom a third-person pronoun at an offset stands, None where none fits.

    `speaker` is the key of whoever speaks the words around: nobody speaks of himself as he.
    """
    sentence = story.sentence_of(at)
    best: Candidate | None = None
    top = -1e9
    for candidate in candidates:
        if candidate.start >= at:
            break
        back = sentence - story.sentence_of(candidate.start)
        if back > LOOK_BACK or (speaker is not None and candidate.key == speaker and in_quotation(story, at)):
            continue
        score = _fitness(word, candidate)
        if score is None:
            continue
        score -= 1.0 * back + 0.002 * min(at - candidate.end, 400)
        score += 0.9 if candidate.subject else 0.0
        score += 0.4 if candidate.marked else 0.0
        if score > top:
            best, top = candidate, score
    return best


def _fitness(word: str, candidate: Candidate) -> float | None:
    """How well a pronoun suits a candidate by number, gender and kind; None when it cannot."""
    one = candidate.person and not candidate.plural
    if word in MALE or word in FEMALE:
        other = "f" if word in MALE else "m"
        fitness = (1.0 if candidate.gender else 0.3) if one and candidate.gender != other else None
    elif word in THINGS:
        fitness = None if candidate.person or candidate.plural else 0.5
    elif word in MANY:
        fitness = 1.0 if candidate.plural else 0.2 if candidate.body else -1.0 if candidate.person else 0.0
    elif word in RELATIVE:
        fitness = 2.0 if candidate.person or candidate.plural else 0.0
    else:
        fitness = None
    return fitness
