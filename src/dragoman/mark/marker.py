"""From a text to its marks: the encoder over all windows, and decoding of what it scored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from dragoman.mark.decode import (
    Decoding,
    Run,
    Trigger,
    best_run,
    content_run,
    find_runs,
    find_triggers,
    logistic,
    logit,
)
from dragoman.mark.encoder import Encoder, EventScores, FloatArray, Pairs, WordScores
from dragoman.mark.marks import Attribution, MarkedEvent, MarkedStatement, Marks, Words
from dragoman.mark.quotations import statement_kind
from dragoman.mark.windows import TokenizedText, Window, windows

ACTOR, RECIPIENT, ASSERTER, WHEN, WHERE = range(5)
CONTENT, SPEAKER, CUE, ADDRESSEE, VIA = range(5)
STATEMENT_BEGIN, ATTRIBUTION_BEGIN = range(2)

LINK_REACH = 200
"""Events before an event that it may be linked with: more than an article of ordinary length tells."""

LINKED_AT_ONCE = 8

DETERMINERS = frozenset("the a an his her its their our this these those no".split())
FUNCTION_WORDS = DETERMINERS | frozenset(
    "of s t and or but to for in on at by with from as than about over under after that".split()
)
"""Words that alone name nobody."""

DISPUTING = frozenset(("REJECT",))
"""Types of acts that contest the truth of others: of those that do in the annotated articles, nine in ten are of these."""


@dataclass(frozen=True)
class Scored:
    """A text with the scores of its windows."""

    text: TokenizedText
    windows: Sequence[Window]
    scores: Sequence[WordScores]

    def political(self) -> float:
        """The probability that the text tells politics: the windows' mean, each weighed by its words."""
        sizes = [w.core_end - w.core_start for w in self.windows]
        return float(np.average([s.political for s in self.scores], weights=sizes))


@dataclass(frozen=True)
class FoundEvent:
    """An event before links: its mark, its vector and the place of its trigger among the words of the text."""

    event: MarkedEvent
    vector: FloatArray
    word: int


class _LinkScores(NamedTuple):
    """Scores [events, links] of one event's links to the events from `earliest` to itself."""

    earliest: int
    scores: FloatArray


class Marker:
    """Marks texts; loads the model once and keeps nothing of one text for another."""

    def __init__(self, encoder: Encoder | None = None, decoding: Decoding | None = None) -> None:
        self.encoder = encoder or Encoder()
        self.decoding = decoding or Decoding.load()

    def mark(self, text: str, skip: Sequence[Words] = ()) -> Marks:
        """Events, statements and place words of a text; none that touch the stretches to `skip`."""
        scored = self.score(text)
        if not scored.windows:
            return Marks()
        found: list[FoundEvent] = []
        statements: list[MarkedStatement] = []
        places: list[Words] = []
        political = scored.political()
        for window, scores in zip(scored.windows, scored.scores, strict=True):
            view = _View(scored.text, window, scores)
            found += self._events(view, political)
            statements += self._statements(view)
            places += view.places()

        def clear(*words: Words) -> bool:
            return not any(w.overlaps(s) for w in words for s in skip)

        found = sorted((f for f in found if clear(f.event.trigger)), key=lambda f: f.event.trigger)
        statements = sorted((s for s in statements if clear(*s.content)), key=lambda s: s.content)
        events = self._linked(found)
        return Marks(
            tuple(_carried(e, statements) for e in events),
            tuple(statements),
            tuple(p for p in places if clear(p)),
        )

    def score(self, text: str) -> Scored:
        """Run the encoder over all windows of a text."""
        tokenized = self.encoder.pieces.tokenize(text)
        cut = windows(tokenized)
        return Scored(tokenized, cut, [self.encoder.score_words(tokenized, w) for w in cut])

    def event_confidence(self, _trigger: Words, features: dict[str, float]) -> float:
        """How likely an event is right in trigger and type."""
        return logistic(self.decoding.calibration, features)

    def statement_confidence(self, _content: Words, features: dict[str, float]) -> float:
        """How likely a statement is one, with about these words."""
        return logistic(self.decoding.statement_calibration, features)

    def attributions(self, text: str) -> tuple[Attribution, ...]:
        """Attributions in the scheme of the attribution corpus, which marks more than statements."""
        scored = self.score(text)
        found: list[Attribution] = []
        for window, scores in zip(scored.windows, scored.scores, strict=True):
            view = _View(scored.text, window, scores)
            begins = view.core_begins(ATTRIBUTION_BEGIN, self.decoding.attribution)
            if not begins:
                continue
            roles = self.encoder.score_attributions(view.vectors(begins), view.pairs(begins))
            for anchor, scored_roles in zip(begins, roles, strict=True):
                found.append(self._attribution(view, anchor, scored_roles))
        return tuple(sorted(found, key=lambda a: a.content))

    def _attribution(self, view: "_View", anchor: Run, roles: FloatArray) -> Attribution:
        d = self.decoding
        content = find_runs(roles[:, 0, 0], d.attribution_content)
        content = content or [content_run(roles[:, 0, 0], anchor.start, d.attribution_content)]
        source = best_run(roles[:, 1, 0], d.attribution_source, d.attribution_edge)
        cue = best_run(roles[:, 2, 0], d.attribution_cue, d.attribution_edge)
        return Attribution(view.all_words(content), view.maybe(source), view.maybe(cue), anchor.score)

    def _events(self, view: "_View", political: float) -> list[FoundEvent]:
        triggers = [t for t in find_triggers(view.scores.triggers, self.decoding.trigger) if view.is_core(t.start)]
        if not triggers:
            return []
        runs = [Run(t.start, t.end, t.score) for t in triggers]
        vectors = view.vectors(runs)
        types = np.array([t.type for t in triggers], dtype=np.int64)
        scores = self.encoder.score_events(vectors, types, view.pairs(runs))
        found = [self._event(view, t, scores, i, political) for i, t in enumerate(triggers)]
        return [
            FoundEvent(event, vectors[i], view.window.start + triggers[i].start)
            for i, event in enumerate(found)
            if event.confidence >= self.decoding.reported
        ]

    def _event(self, view: "_View", trigger: Trigger, scores: EventScores, i: int, political: float) -> MarkedEvent:
        d, labels = self.decoding, self.encoder.labels
        roles = scores.roles[i]
        kind = labels.types[trigger.type]
        actors = view.named(find_runs(roles[:, ACTOR, 0], d.role, d.edge))
        if not actors and (likely := best_run(roles[:, ACTOR, 0], d.fallback_actor, d.edge)):
            actors = view.named([likely])
        recipients = view.named(find_runs(roles[:, RECIPIENT, 0], d.role, d.edge))
        asserter = best_run(roles[:, ASSERTER, 0], d.asserter, d.edge)
        when = best_run(roles[:, WHEN, 0], d.when, d.edge)
        where = best_run(roles[:, WHERE, 0], d.where, d.edge)
        factuality = self._factuality(scores.factuality[i])
        words = view.words(trigger)
        return MarkedEvent(
            type=kind,  # type: ignore[arg-type]
            trigger=words,
            confidence=self.event_confidence(words, event_features(trigger, view.scores.triggers, roles, political)),
            factuality=labels.factualities[factuality],  # type: ignore[arg-type]
            mode=self._mode(kind, scores.modes[i]),
            actors=view.all_words(actors),
            recipients=view.all_words(recipients),
            asserter=view.maybe(asserter),
            when=view.maybe(when),
            where=view.maybe(where),
            contexts=self._contexts(scores.contexts[i]),
            confidences={
                "actors": _sureness(roles[:, ACTOR, 0], actors),
                "recipients": _sureness(roles[:, RECIPIENT, 0], recipients),
                "factuality": round(float(scores.factuality[i, factuality]), 4),
                "asserter": _sureness(roles[:, ASSERTER, 0], [asserter] if asserter else []),
            },
        )

    def _factuality(self, scores: FloatArray) -> int:
        """`happened` unless the others together reach their threshold."""
        return int(scores.argmax()) if scores[0] > 1 - self.decoding.not_happened else 1 + int(scores[1:].argmax())

    def _mode(self, kind: str, scores: FloatArray) -> str | None:
        own = [i for i, name in enumerate(self.encoder.labels.modes) if name.startswith(kind + "/")]
        if not own:
            return None
        best = max(own, key=lambda i: float(scores[i]))
        return self.encoder.labels.modes[best].partition("/")[2] if scores[best] >= self.decoding.mode else None

    def _contexts(self, scores: FloatArray) -> tuple[str, ...]:
        ranked = sorted(range(len(scores)), key=lambda i: -float(scores[i]))[:2]
        return tuple(self.encoder.labels.contexts[i] for i in ranked if scores[i] >= self.decoding.context)

    def _statements(self, view: "_View") -> list[MarkedStatement]:
        begins = view.core_begins(STATEMENT_BEGIN, self.decoding.statement)
        if not begins:
            return []
        roles = self.encoder.score_statements(view.vectors(begins), view.pairs(begins))
        found = [self._statement(view, anchor, r) for anchor, r in zip(begins, roles, strict=True)]
        return _without_repeats(found)

    def _statement(self, view: "_View", anchor: Run, roles: FloatArray) -> MarkedStatement:
        d = self.decoding
        content = content_run(roles[:, CONTENT, 0], anchor.start, d.content)
        speaker, cue, addressee, via = (
            best_run(roles[:, role, 0], least, d.edge)
            for role, least in ((SPEAKER, d.speaker), (CUE, d.speaker), (ADDRESSEE, d.addressee), (VIA, d.via))
        )
        told = view.words(content)
        outside = [view.words(r) for r in (speaker, cue) if r]
        features = {"begin": logit(anchor.score), "content": content.score, "speaker": speaker.score if speaker else 0.0}
        return MarkedStatement(
            content=(told,),
            confidence=self.statement_confidence(told, features),
            speaker=view.maybe(speaker),
            cue=view.maybe(cue),
            addressee=view.maybe(addressee),
            via=view.maybe(via),
            kind=statement_kind(view.text.text, [told], outside),
        )

    def _linked(self, found: Sequence[FoundEvent]) -> list[MarkedEvent]:
        """The events with the earlier telling of the same act, and what they dispute."""
        events = [f.event for f in found]
        first = list(range(len(found)))
        for i, (earliest, scores) in enumerate(self._link_scores(found)):
            same = [(float(row[0]), j) for j, row in enumerate(scores, earliest) if events[j].type == events[i].type]
            likeliest = max(same, default=(0.0, i))
            if likeliest[0] >= self.decoding.same_as:
                first[i] = first[likeliest[1]]
                events[i] = replace(events[i], same_as=first[i])
            if events[i].type not in DISPUTING:
                continue
            strongest = max(((float(row[1]), j) for j, row in enumerate(scores, earliest)), default=(0.0, i))
            if strongest[0] >= self.decoding.disputes:
                events[i] = replace(events[i], disputes=(strongest[1],))
        return events

    def _link_scores(self, found: Sequence[FoundEvent]) -> Iterator["_LinkScores"]:
        """For each event its links to those before it, scored for some events at a time to bound memory."""
        vectors = np.array([f.vector for f in found])
        words = np.array([f.word for f in found])
        types = np.array([f.event.type for f in found])
        for begin in range(0, len(found), LINKED_AT_ONCE):
            some = range(begin, min(begin + LINKED_AT_ONCE, len(found)))
            earliest = [max(0, i - LINK_REACH) for i in some]
            later = np.repeat(some, [i - e for i, e in zip(some, earliest, strict=True)])
            earlier = np.concatenate([np.arange(e, i) for i, e in zip(some, earliest, strict=True)])
            if not len(later):
                yield _LinkScores(0, np.empty((0, 2), dtype=np.float32))
                continue
            same = (types[later] == types[earlier]).astype(np.int64)
            scores = self.encoder.score_links(vectors[later], vectors[earlier], same, words[earlier] - words[later])
            for i, e in zip(some, earliest, strict=True):
                yield _LinkScores(e, scores[later == i])


def event_features(trigger: Trigger, triggers: FloatArray, roles: FloatArray, political: float) -> dict[str, float]:
    """What tells how sure an event is, by name, as the calibration weighs it."""
    told = 1 - triggers[trigger.start : trigger.end, 0]
    return {
        "type": logit(trigger.score),
        "told": logit(float(told.max())),
        "political": logit(political),
        "actor": float(roles[:, ACTOR, 0].max()),
        "recipient": float(roles[:, RECIPIENT, 0].max()),
    }


class _View:
    """One window of a text: its scores, and the way from its words to the text's characters."""

    def __init__(self, text: TokenizedText, window: Window, scores: WordScores) -> None:
        self.text = text
        self.window = window
        self.scores = scores
        self._sentence = text.sentence[window.start : window.end]

    def is_core(self, word: int) -> bool:
        return self.window.core_start <= self.window.start + word < self.window.core_end

    def words(self, run: Run | Trigger) -> Words:
        first, last = self.window.start + run.start, self.window.start + run.end - 1
        return Words(self.text.words[first].start, self.text.words[last].end)

    def named(self, runs: Sequence[Run]) -> list[Run]:
        """The runs without function words and marks at their ends, those left out that hold nothing else."""
        trimmed = (self._trimmed(r) for r in runs)
        return [r for r in trimmed if r.start < r.end]

    def _trimmed(self, run: Run) -> Run:
        plain = [not self._is_content(i) for i in range(run.start, run.end)]
        if all(plain):
            return Run(run.start, run.start, run.score)
        end = run.end - plain[::-1].index(False)
        start = run.start
        while plain[start - run.start] and self._word(start) not in DETERMINERS:
            start += 1
        return Run(start, end, run.score)

    def _is_content(self, word: int) -> bool:
        written = self._word(word)
        return written not in FUNCTION_WORDS and any(c.isalnum() for c in written)

    def _word(self, word: int) -> str:
        at = self.text.words[self.window.start + word]
        return self.text.text[at.start : at.end].lower()

    def maybe(self, run: Run | None) -> Words | None:
        return self.words(run) if run else None

    def all_words(self, runs: Sequence[Run]) -> tuple[Words, ...]:
        return tuple(self.words(r) for r in runs)

    def vectors(self, runs: Sequence[Run]) -> FloatArray:
        """Mean vector of each run."""
        return np.stack([self.scores.vectors[r.start : r.end].mean(0) for r in runs])

    def pairs(self, runs: Sequence[Run]) -> Pairs:
        return Pairs.of(self.scores.vectors, self._sentence, np.array([r.start for r in runs], dtype=np.int64))

    def core_begins(self, column: int, threshold: float) -> list[Run]:
        """Core words that are likely to begin a content; of neighbours only the likeliest."""
        scores = self.scores.begins[:, column]
        likely = [i for i in range(len(scores)) if scores[i] >= threshold and self.is_core(i)]
        peaks = [i for i in likely if not any(j in likely and (scores[j], -j) > (scores[i], -i) for j in (i - 1, i + 1))]
        return [Run(i, i + 1, float(scores[i])) for i in peaks]

    def places(self) -> list[Words]:
        tags = self.scores.places.argmax(1)
        found: list[Words] = []
        start: int | None = None
        for at in range(len(tags) + 1):
            tag = tags[at] if at < len(tags) else 0
            if start is not None and tag != 2:
                found.append(self.words(Run(start, at, 1.0)))
                start = None
            if start is None and tag and self.is_core(at):
                start = at
        return found


def _sureness(inside: FloatArray, runs: Sequence[Run]) -> float:
    """How sure the fillers of a role are: the least of their scores, or that there is none."""
    return round(min((r.score for r in runs), default=1 - float(inside.max())), 4)


def _without_repeats(statements: Sequence[MarkedStatement]) -> list[MarkedStatement]:
    """Of statements whose contents are all but the same, the surest."""
    kept: list[MarkedStatement] = []
    for statement in sorted(statements, key=lambda s: -s.confidence):
        span = statement.content[0]
        if not any(_shared(span, k.content[0]) > 0.7 for k in kept):
            kept.append(statement)
    return kept


def _shared(a: Words, b: Words) -> float:
    """Characters in both over characters in either."""
    both = max(0, min(a.end, b.end) - max(a.start, b.start))
    return both / (a.end - a.start + b.end - b.start - both)


def _carried(event: MarkedEvent, statements: Sequence[MarkedStatement]) -> MarkedEvent:
    """The event with the innermost statement of its asserter that holds its trigger."""
    if event.asserter is None:
        return event
    around = [
        (s.content[0].end - s.content[0].start, i)
        for i, s in enumerate(statements)
        if s.speaker and s.content[0].holds(event.trigger)
    ]
    return replace(event, statement=min(around)[1]) if around else event
