"""The persons that a text names: all the ways each is called there, with the titles given."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field

from rapidfuzz.distance import JaroWinkler

from dragoman.resolve.facts import Known, Naming
from dragoman.resolve.story import Sighting, Story, Title
from dragoman.resolve.tokens import name_key
from dragoman.resolve.vocabulary import CLAUSE, FORMER, MODIFYING, NAME_GAPS, NOT_NAMES, PARTICLES

SAME_SPELLING = 0.87
"""Jaro-Winkler similarity from which two spellings of a name part are the same (Sergei, Sergey: 0.93; Jong, Jung: 0.87)."""

HEADLINE = 0.75
"""Share of longer words with a capital from which a sentence is a headline."""

TITLE_REACH = 14
"""Tokens after a name within which its apposition is looked for."""


@dataclass
class Call:
    """One place where a person is named: tokens i up to j hold the name alone."""

    i: int
    j: int
    title: Title | None = None
    modifiers: tuple[Sighting, ...] = ()
    former: bool = False
    then: bool = False
    gender: str = ""
    introduced: bool = False
    weak: bool = False


@dataclass
class Figure:
    """A person of the text. `parts` are the folded words of the longest name; `known` the person of the tables, if any."""

    parts: tuple[str, ...]
    calls: list[Call] = field(default_factory=list)
    known: Known | None = None

    @property
    def gender(self) -> str:
        """m, f or empty, by what titles and tables tell."""
        if self.known and self.known.gender:
            return self.known.gender
        return next((c.gender for c in self.calls if c.gender), "")


class Figures:
    """All persons named in a story; `at` finds the one named at a token."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._figures: list[Figure] = []
        self._by_part: dict[str, list[Figure]] = defaultdict(list)
        self.at: dict[int, Figure] = {}
        self.calls: list[Call] = []
        self._collect()

    @property
    def all(self) -> list[Figure]:
        """The persons in the order in which the text names them."""
        return self._figures

    def _collect(self) -> None:
        given, keys = self._story.tables.given, self._story.tokens.keys
        calls = sorted(self._calls(), key=lambda c: (not (c.introduced or keys[c.i] in given), -(c.j - c.i), c.i))
        for call in calls:
            if call.j - call.i > 1:
                self._place(call)
        for call in calls:
            if call.j - call.i == 1:
                self._place(call)
        for figure in self._figures:
            figure.calls.sort(key=lambda c: c.i)
        self._figures.sort(key=lambda f: f.calls[0].i)
        self.calls = sorted(calls, key=lambda c: c.i)

    def _place(self, call: Call) -> None:
        parts = tuple(self._story.tokens.keys[call.i : call.j])
        if len(parts) > 1 and self._surname_first(parts, call):
            call.j = call.i + 1
            parts = parts[:1]
        figure = self._match(parts, call)
        if figure is None:
            if len(parts) == 1 and not self._alone(parts[0], call):
                return
            if call.weak and not call.introduced and self._known(parts, call) is None:
                return
            figure = Figure(parts, known=self._known(parts, call))
            self._figures.append(figure)
            for part in {*parts, *self._short_parts(figure)}:
                if part not in PARTICLES:
                    self._by_part[part].append(figure)
        figure.calls.append(call)
        for token in range(call.i, call.j):
            self.at[token] = figure

    def _surname_first(self, parts: tuple[str, ...], call: Call) -> bool:
        """Whether a run begins with a person's surname that only modifies the rest, as in "Trump Tower"."""
        first = parts[0]
        if first in self._story.tables.given or call.introduced:
            return False
        persons = self._story.tables.surnames.get(first, ())
        if not any(self._prominent(k, call) and k.name.lower().endswith(first) for k in persons):
            return False
        return self._known(parts, call) is None

    @staticmethod
    def _short_parts(figure: Figure) -> set[str]:
        return set(figure.known.name.lower().split()[-1:]) if figure.known else set()

    def _match(self, parts: tuple[str, ...], call: Call) -> Figure | None:
        """The person already met whom these words name, nearest first where several fit."""
        met = self._by_part.get(parts[-1], []) + ([] if len(parts) == 1 else self._by_part.get(parts[0], []))
        fits = [f for f in met if _same_person(parts, f.parts)]
        if not fits:
            known = self._known(parts, call)
            fits = [f for f in self._figures if known is not None and f.known is known]
        if not fits and len(parts) > 1 and parts[0] not in self._story.tables.given:
            fits = [f for f in self._by_part.get(parts[-1], []) if f.parts[-1] == parts[-1] and len(f.parts) > 1]
        if call.gender and len(fits) > 1:
            fits = [f for f in fits if f.gender in ("", call.gender)] or fits
        if not fits:
            return None
        return min(fits, key=lambda f: min(self._distance(c, call) for c in f.calls))

    @staticmethod
    def _distance(earlier: Call, call: Call) -> int:
        return call.i - earlier.i if earlier.i <= call.i else 10 * (earlier.i - call.i) + 200

    def _alone(self, part: str, call: Call) -> bool:
        """Whether a single word names a person: with a title, or as a well-known one is called."""
        return call.introduced or self._known((part,), call) is not None

    def _known(self, parts: tuple[str, ...], call: Call) -> Known | None:
        """The person of the tables with this name, in office on the story's day where several are called so."""
        story = self._story
        key = " ".join(parts)
        exact = [m.known for m in story.tables.names.get(key, ()) if m.known.kind == "person"]
        if not exact and len(parts) > 1:
            exact = [
                k
                for k in story.tables.surnames.get(parts[-1], []) + story.tables.surnames.get(parts[0], [])
                if _spelled(parts, k)
            ]
        if not exact and len(parts) == 1 and part_long_enough(parts[0]):
            exact = [k for k in story.tables.surnames.get(parts[0], ()) if self._prominent(k, call)]
            if len(exact) > 1:
                role = call.title.office.role if call.title else None
                exact = [k for k in exact if role and k.on(story.day).role == role] or exact
        if not exact:
            return None
        at = story.tokens.starts[call.i]
        here = story.country_near(at)
        return max(
            exact,
            key=lambda k: (k.holds(story.day), story.weight_of(k.on(story.day).country) > 0, k.on(story.day).country == here),
        )

    def _prominent(self, known: Known, call: Call) -> bool:
        """Whether a surname alone may mean this person here: in office, of a country of the story, or with the title."""
        story = self._story
        standing = known.on(story.day)
        if not known.holds(story.day) and not (standing.former and story.weight_of(standing.country) > 2):
            return False
        if call.title is not None and call.title.office.role == standing.role:
            return story.weight_of(standing.country) > 0 or standing.role in ("president", "prime minister", "chancellor")
        return story.weight_of(standing.country) >= 1.0 and standing.sector in ("GOV", "IGO", "PTY", "LEG")

    def _calls(self) -> list[Call]:
        """Runs of capitalised words that are no other names, with what precedes them."""
        story = self._story
        tokens, calls, i, end = story.tokens, [], 0, len(story.tokens)
        taken = {k: s for s in story.sightings for k in range(s.i, s.j)}
        titles = {k: t for t in story.titles for k in range(t.i, t.j)}
        courtesies = story.tables.courtesies
        starts = set(story.sentence_starts)
        headlines = self._headline_tokens()
        while i < end:
            seen = taken.get(i)
            if seen is not None and seen.i == i and seen.meanings[0].known.kind == "person":
                j = seen.j
                calls.append(self._introduce(Call(i, j)))
                i = j
                continue
            if (
                not tokens.capital[i]
                or (seen is not None and not self._given_name(i, seen, taken))
                or not tokens.keys[i].isalpha()
            ):
                i += 1
                continue
            key = tokens.keys[i]
            if (
                (i in titles and not self._given(i))
                or key in courtesies
                or (key in PARTICLES and tokens.starts[i] in starts)
                or key in NOT_NAMES
            ):
                i += 1
                continue
            j = self._run_end(i + 1, taken, titles)
            weak = i in headlines
            if weak:
                j = min(j, self._headline_name_end(i))
            if len(key) == 1 and tokens.gap(i) == "-":
                i = j
                continue
            call = self._introduce(Call(i, j, weak=weak))
            if tokens.starts[i] in starts and j - i == 1 and not call.introduced and not self._recurs(key, i):
                i = j
                continue
            calls.append(call)
            i = j
        return calls

    def _headline_tokens(self) -> set[int]:
        """The tokens of sentences that are set in capitals or title case, where a capital tells nothing."""
        story, tokens = self._story, self._story.tokens
        found: set[int] = set()
        for sentence in story.sentences:
            if story.text[sentence.end - 1] == ".":
                continue
            i, j = story.token_at(sentence.start), bisect_left(tokens.starts, sentence.end)
            long = [k for k in range(i + 1, j) if tokens.ends[k] - tokens.starts[k] > 3]
            if len(long) >= 3 and sum(tokens.capital[k] for k in long) >= HEADLINE * len(long):
                found.update(range(i, j))
        return found

    def _headline_name_end(self, i: int) -> int:
        """Where a name ends in a headline: after the word that follows a given name, else at once."""
        tokens, given = self._story.tokens, self._story.tables.given
        if tokens.keys[i] not in given or tokens.keys[i] in self._story.tables.offices:
            return i + 1
        j = i + 1
        while j < len(tokens) and (len(tokens.keys[j]) == 1 or tokens.keys[j] in PARTICLES):
            j += 1
        return j + 1

    def _given(self, i: int) -> bool:
        tokens = self._story.tokens
        key = tokens.keys[i]
        return (
            key in self._story.tables.given
            and key not in self._story.tables.longest_office
            and i + 1 < len(tokens)
            and tokens.capital[i + 1]
        )

    def _given_name(self, i: int, seen: Sighting, taken: dict[int, Sighting]) -> bool:
        """Whether a name of the tables is here a person's given name, as in "Jordan Peele"."""
        tokens = self._story.tokens
        following = i + 1
        return (
            seen.j - seen.i == 1
            and tokens.keys[i] in self._story.tables.given
            and not tokens.owner[i]
            and following < len(tokens)
            and tokens.capital[following]
            and following not in taken
            and tokens.gap(i) == " "
            and tokens.keys[following] not in self._story.tables.offices
        )

    def _recurs(self, key: str, i: int) -> bool:
        tokens = self._story.tokens
        return any(k == key and tokens.capital[n] for n, k in enumerate(tokens.keys) if n != i)

    def _run_end(self, j: int, taken: dict[int, Sighting], titles: dict[int, Title]) -> int:
        """Where a name that runs up to token j ends."""
        tokens = self._story.tokens
        while j < len(tokens):
            gap = tokens.gap(j - 1)
            if tokens.owner[j - 1] or gap not in NAME_GAPS or (gap == ". " and tokens.ends[j - 1] - tokens.starts[j - 1] > 2):
                break
            if (
                tokens.keys[j] in PARTICLES
                and gap in (" ", "-")
                and j + 1 < len(tokens)
                and tokens.capital[j + 1]
                and tokens.gap(j) in NAME_GAPS
            ):
                j += 1
                continue
            if not tokens.capital[j] and gap != "-":
                break
            if (j in taken and taken[j].i == j and taken[j].j - j >= 1 and not self._part_of_name(j, taken[j])) or tokens.keys[j][
                0
            ].isdigit():
                break
            if (
                j in titles
                and titles[j].i == j
                and tokens.keys[j] not in ("king", "bishop", "marshal", "major", "pope", "judge", "prince", "day")
            ):
                break
            j += 1
        return j

    def _part_of_name(self, j: int, seen: Sighting) -> bool:
        """Whether a known name goes on a person's name, as in "Michael Jordan"; seats and demonyms after a name do not."""
        return (
            seen.j - seen.i == 1
            and seen.meanings[0].naming in (Naming.NAME, Naming.CAPITAL, Naming.ALIAS)
            and not self._story.tokens.upper[j]
        )

    def _introduce(self, call: Call) -> Call:
        """The call with the title, courtesy and country words before it, or the apposition after it."""
        story, tokens = self._story, self._story.tokens
        i = call.i - 1
        if i >= 0 and tokens.keys[i] in story.tables.courtesies and tokens.gap(i) in (" ", ". "):
            call.gender, call.introduced = story.tables.courtesies[tokens.keys[i]], True
            i -= 1
        title = self._title_ending(i)
        if title is None and i >= 0 and tokens.gap(i) == ", ":
            title = self._title_clause_ending(i)
        if title is not None and tokens.gap(title.j - 1) in (" ", ". ", ", ", " “", " ‘"):
            call.title, call.introduced = title, True
            call.gender = call.gender or title.office.gender
            call.modifiers, call.former = self._before(title)
            call.then = any(tokens.keys[k] == "then" for k in range(max(0, title.i - 3), title.i))
        else:
            self._apposition(call)
        if not call.gender:
            call.gender = story.tables.given.get(tokens.keys[call.i], "") if call.j - call.i > 1 else ""
        return call

    def _title_ending(self, i: int) -> Title | None:
        for start in range(i, max(-1, i - 6), -1):
            title = self._story.title_at.get(start)
            if title is not None and title.j == i + 1:
                return title if not title.office.plural and title.office.kind == "person" else None
        return None

    def _title_clause_ending(self, i: int) -> Title | None:
        """The title of "The Turkish president, NAME" and "the president of the region, NAME"."""
        for start in range(i, max(-1, i - 8), -1):
            title = self._story.title_at.get(start)
            if title is not None and title.office.kind == "person" and not title.office.plural:
                tokens = self._story.tokens
                between = tokens.text[tokens.ends[title.j - 1] : tokens.ends[i]]
                return title if (title.j == i + 1 or between.startswith((" of ", " for "))) and "," not in between else None
            if "," in self._story.tokens.gap(start) and start != i:
                return None
        return None

    def _before(self, title: Title) -> tuple[tuple[Sighting, ...], bool]:
        """The names before a title, nearest first, and whether it is a former one's."""
        story, tokens = self._story, self._story.tokens
        found, former, k = [], False, title.i - 1
        while (
            k >= 0
            and k > title.i - 7
            and (tokens.gap(k) in (" ", "-") or (tokens.gap(k) == ". " and tokens.ends[k] - tokens.starts[k] <= 2))
        ):
            if tokens.keys[k] in FORMER:
                former = True
                k -= 1
                continue
            seen = next(
                (s for n in range(k, max(-1, k - 4), -1) if (s := story.sighting_at.get(n)) is not None and s.j == k + 1), None
            )
            if seen is not None:
                found.append(seen)
                k = seen.i - 1
            elif tokens.capital[k] or k in story.title_at or tokens.keys[k] in MODIFYING:
                k -= 1
            else:
                break
        return tuple(found), former

    def _apposition(self, call: Call) -> None:
        """Takes the title of "NAME, a spokesman for the ministry," and "NAME (foreign minister)"."""
        story, tokens = self._story, self._story.tokens
        if call.j >= len(tokens) or tokens.gap(call.j - 1) not in (", ", " (", ", “"):
            return
        found: list[Sighting] = []
        for k in range(call.j, min(call.j + TITLE_REACH, len(tokens))):
            if seen := story.sighting_at.get(k):
                found.append(seen)
            title = story.title_at.get(k)
            if title is not None and title.office.kind == "person" and not title.office.plural:
                call.title, call.introduced = title, True
                call.former = any(tokens.keys[n] in FORMER for n in range(call.j, title.i))
                call.gender = call.gender or title.office.gender
                call.modifiers = tuple(reversed(found))
                return
            if k > call.j and (
                "," in tokens.gap(k - 1) or ("." in tokens.gap(k - 1)[:1] and tokens.ends[k - 1] - tokens.starts[k - 1] > 3)
            ):
                return
            if tokens.keys[k] in CLAUSE:
                return


def part_long_enough(part: str) -> bool:
    """Whether a word alone can name a person; shorter ones are mostly something else."""
    return len(part) >= 2


def _spelled(parts: tuple[str, ...], known: Known) -> bool:
    """Whether a full name is a spelling of a known person's name."""
    return _same_person(parts, tuple(w for w in _folded_name(known)))


def _folded_name(known: Known) -> list[str]:
    return name_key(known.name).split(" ")


def _same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names may be one person's: the shorter one's words are all in the longer one, in order, slips allowed."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    short = tuple(w for w in short if w not in PARTICLES) or short
    if len(short) == 1:
        return short[0] in long and (short[0] == long[-1] or short[0] == long[0] or len(long) > 2)
    at = 0
    for word in short:
        while at < len(long) and not _same_word(word, long[at]):
            at += 1
        if at == len(long):
            return False
        at += 1
    return _same_word(short[-1], long[-1]) or short[-1] in long


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return abs(len(one) - len(other)) <= 2 and JaroWinkler.similarity(one, other) >= SAME_SPELLING
