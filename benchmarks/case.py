"""The checks of the acceptance case on one record."""

import csv
import math
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from dragoman.resolve.tables import HERE

Part = dict[str, Any]
"""A part of a record as JSON."""

MEDIA = HERE / "media.csv"
"""The package's table of media, which says whether a state runs them."""

EARTH = 6371.0
"""Mean radius in kilometres."""


@dataclass(frozen=True)
class Check:
    """One check by its name; `note` says what was found where it is missed."""

    name: str
    met: bool
    note: str = ""


@dataclass(frozen=True)
class EntityPoint:
    """Words that must mean one entity of a kind, with the country and sector that the annotation gives the first of them."""

    check: str
    words: tuple[str, ...]
    kind: str
    state_run: bool = False


@dataclass(frozen=True)
class Points:
    """The named points of the case; see the file for what each part means."""

    article: str
    silence: Part
    entities: tuple[EntityPoint, ...]
    visit: Part
    one_act: Part
    denial: Part
    assessment: Part

    @classmethod
    def load(cls, path: Path) -> "Points":
        """Read the points from their file."""
        told = tomllib.loads(path.read_text("utf8"))
        entities = tuple(EntityPoint(**{**e, "words": tuple(e["words"])}) for e in told.pop("entities"))
        return cls(entities=entities, **told)


@dataclass(frozen=True)
class Case:
    """The annotated article (its text the one that was read), what a perfect reader would record of it, and the record."""

    scorer: ModuleType
    article: Part
    gold: Part
    record: Part

    @classmethod
    def of(cls, scorer: ModuleType, article: Part, label: Part, record: Part) -> "Case":
        """The case of an article, its annotation and a record of it."""
        return cls(scorer, article, scorer.gold_record(article, label), record)

    @cached_property
    def events(self) -> dict[str, Part]:
        """Recorded events by the ids of the annotated ones that they match in trigger and type."""
        same = self.scorer.same_trigger
        pairs = self.scorer.pairs(
            self.gold["events"], self.record["events"], lambda g, p: same(g, p) if g["type"] == p["type"] else 0
        )
        return {g["id"]: p for g, p in pairs}

    @cached_property
    def statements(self) -> dict[str, Part]:
        """Recorded statements by the ids of the annotated ones with which they share half their content."""

        def shared(g: Part, p: Part) -> float:
            part: float = self.scorer.spans_iou(g["content"], p["content"])
            return part if part >= 0.5 else 0.0

        pairs = self.scorer.pairs(self.gold["statements"], self.record["statements"], shared)
        return {g["id"]: p for g, p in pairs}

    def gold_entity(self, words: str) -> Part:
        """The annotated entity of these words."""
        return next(e for e in self.gold["entities"] if e["name"] == words)

    def sentence(self, at: int) -> Part:
        """The annotated sentence that holds an offset, as a span; an empty one where none does."""
        start, end = next(((s, e) for s, e in self.article["sentences"] if s <= at < e), (at, at))
        return {"start": start, "end": end}


def checks(case: Case, points: Points) -> Iterator[Check]:
    """All checks, the one of the advertisement first."""
    yield _advertisement(case)
    yield _silence(case, points.silence)
    yield from (_entity(case, point) for point in points.entities)
    yield _date(case, points.visit)
    yield _coordinates(case, points.visit)
    yield _one_act(case, points.one_act)
    yield _denial(case, points.denial)
    yield _assessment(case, points.assessment)
    yield from (_event(case, event) for event in case.gold["events"])
    yield from (_statement(case, statement) for statement in case.gold["statements"])


def _advertisement(case: Case) -> Check:
    """Nothing of an event or statement stands in what follows the story's last sentence."""
    story_end = case.article["sentences"][-2][1]
    late = [s for part in (*case.record["events"], *case.record["statements"]) for s in _spans(part) if s["end"] > story_end]
    return Check("no event or statement from the advertisement", not late, _quoted(late))


def _spans(part: Part) -> Iterator[Part]:
    """All spans within a part of a record."""
    if part.get("start") is not None:
        yield part
    for value in part.values():
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                yield from _spans(inner)


def _silence(case: Case, point: Part) -> Check:
    sentence = case.sentence(case.article["text"].find(point["words"]))
    told = [e["trigger"] for e in case.record["events"] if e["factuality"] == "happened"]
    inside = [t for t in told if case.scorer.overlap(t, sentence)]
    return Check(f"nothing happened in “{point['words']}”", not inside, _quoted(inside))


def _entity(case: Case, point: EntityPoint) -> Check:
    expected = case.gold_entity(point.words[0])
    meant = [_entities_at(case, standings) for standings in _standings(case.article["text"], point.words)]
    shared = [e for e in case.record["entities"] if all(e["id"] in ids for ids in meant)]
    right = [e for e in shared if all(e[k] == expected[k] for k in ("country", "sector")) and e["kind"] == point.kind]
    if point.state_run:
        right = [e for e in right if _state_run(e)]
    unmarked = [words for words, ids in zip(point.words, meant, strict=True) if not ids]
    note = f"not marked: {', '.join(unmarked)}" if unmarked else "not one entity" if not shared else "not right in kind or code"
    return Check(point.check, bool(right), "" if right else note)


def _standings(text: str, names: tuple[str, ...]) -> Iterator[list[Part]]:
    """For each name the places where it stands, but not as part of a longer one of them."""
    longest_first = sorted(names, key=len, reverse=True)
    anywhere = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest_first))
    found = [{"start": m.start(), "end": m.end(), "text": m.group()} for m in anywhere.finditer(text)]
    for name in names:
        yield [span for span in found if span["text"] == name]


def _entities_at(case: Case, standings: list[Part]) -> set[str]:
    """Ids of the entities that have a mention on one of these words."""
    overlap = case.scorer.overlap
    return {e["id"] for e in case.record["entities"] if any(overlap(m, words) for m in e["mentions"] for words in standings)}


def _state_run(entity: Part) -> bool:
    with MEDIA.open(encoding="utf8") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return any(row["ref"] == entity["ref"] and row["state"] == "yes" for row in rows)


def _date(case: Case, point: Part) -> Check:
    told = next(e["when"]["date"] for e in case.gold["events"] if e["id"] == point["event"])
    when = (case.events.get(point["event"]) or {}).get("when") or {}
    met = when.get("date") == told
    return Check(f"the visit's Wednesday is {told}", met, "" if met else f"{when.get('text')}: {when.get('date')}")


def _coordinates(case: Case, point: Part) -> Check:
    where = (case.events.get(point["event"]) or {}).get("where") or {}
    placed = where.get("lat") is not None and where.get("lon") is not None
    met = placed and _kilometres(where, point) <= point["within"]
    return Check("the visit's place has its coordinates", met, "" if met else f"{where.get('text')}: {where.get('name')}")


def _kilometres(a: Part, b: Part) -> float:
    """Distance on the sphere (haversine)."""
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (a["lat"], a["lon"], b["lat"], b["lon"]))
    half = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(half))


def _one_act(case: Case, point: Part) -> Check:
    found = [case.events.get(i) for i in point["events"]]
    acts = {event["same_as"] or event["id"] for event in found if event}
    met = all(found) and len(acts) == 1
    return Check("the September summit, told twice, is one act", met, "" if met else _told(found))


def _denial(case: Case, point: Part) -> Check:
    """Some event of the denial's sentence, by the denier, disputes the delivery."""
    denial = next(e for e in case.gold["events"] if e["id"] == point["event"])
    delivery = case.events.get(point["disputes"])
    sentence = case.sentence(denial["trigger"]["start"])
    denied = [
        e
        for e in case.record["events"]
        if delivery and delivery["id"] in e["disputes"] and case.scorer.overlap(e["trigger"], sentence)
    ]
    met = any(_countries(case.record, e["actors"]) == _countries(case.gold, denial["actors"]) for e in denied)
    return Check("the denial is tied to the delivery", met, _told([delivery, *denied]) if not met else "")


def _assessment(case: Case, point: Part) -> Check:
    pattern = re.compile(point["pattern"])
    asked = [s for s in case.gold["statements"] if pattern.search(s["content"][0]["text"])]
    found = [case.statements.get(s["id"]) for s in asked]
    about = [_countries(case.record, [{"entity": i} for i in s["about"]]) if s else set() for s in found]
    met = bool(asked) and all(set(point["about"]) <= countries for countries in about)
    note = "; ".join(" ".join(sorted(countries)) or "-" for countries in about)
    return Check("the “new level” statements are about both countries", met, "" if met else f"about {note}")


def _event(case: Case, gold: Part) -> Check:
    name = f"{gold['id']} {gold['type']} “{gold['trigger']['text']}”"
    found = case.events.get(gold["id"])
    if found is None:
        return Check(name, False, "not found")
    wrong = [
        f"{side} {_listed(recorded)} for {_listed(told)}"
        for side in ("actors", "recipients")
        if (recorded := _countries(case.record, found[side])) != (told := _countries(case.gold, gold[side]))
    ]
    if found["factuality"] != gold["factuality"]:
        wrong.append(f"{found['factuality']} for {gold['factuality']}")
    if not _same_asserter(case, gold["asserter"], found["asserter"]):
        wrong.append(f"asserter {_words(found['asserter'])} for {_words(gold['asserter'])}")
    return Check(name, not wrong, "; ".join(wrong))


def _same_asserter(case: Case, told: Part | None, recorded: Part | None) -> bool:
    """None where none is told; else words that overlap or speak for the same country."""
    if told is None or recorded is None:
        return told is recorded
    ours, theirs = _countries(case.record, [recorded]), _countries(case.gold, [told])
    return bool(case.scorer.overlap(told, recorded)) or ours == theirs != {"UNK"}


def _statement(case: Case, gold: Part) -> Check:
    name = f"{gold['id']} “{gold['content'][0]['text'][:30]}…” by {_words(gold['speaker'])}"
    found = case.statements.get(gold["id"])
    if found is None:
        return Check(name, False, "not found")
    speaker = found["speaker"]
    mentions = [m for e in case.record["entities"] if speaker and e["id"] == speaker["entity"] for m in e["mentions"]]
    right = any(case.scorer.overlap(gold["speaker"], m) for m in [speaker, *mentions])
    return Check(name, right, "" if right else f"speaker {_words(speaker)}")


def _countries(record: Part, mentions: list[Part]) -> set[str]:
    """Countries for which mentions speak; UNK where that is not known."""
    known = {e["id"]: e["country"] or "UNK" for e in record["entities"]}
    return {known.get(m.get("entity"), "UNK") for m in mentions}


def _listed(countries: set[str]) -> str:
    return " ".join(sorted(countries)) or "none"


def _words(mention: Part | None) -> str:
    return f"“{mention['text']}”" if mention else "none"


def _quoted(spans: list[Part]) -> str:
    return ", ".join(_words(s) for s in spans[:3])


def _told(events: list[Part | None]) -> str:
    return ", ".join(_words(e["trigger"]) if e else "not found" for e in events)
