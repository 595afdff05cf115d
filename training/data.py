"""Annotated text from ../shared and ./marks as windows with labels, ready for batches."""

import csv
import gzip
import io
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.article import text_hash
from dragoman.mark.windows import TokenizedText, Window, WordPieces, windows
from dragoman.record import Record
from training.labels import (
    ATTRIBUTION_ROLES,
    CONTEXTS,
    FACTUALITIES,
    LINKS,
    MODES,
    SECTORS,
    TYPES,
)

IGNORE = -100


@dataclass(frozen=True)
class Anchor:
    """A word (or run of words) with the spans that stand in a role to it; all positions are words of the window."""

    start: int
    end: int
    roles: tuple[tuple[tuple[int, int], ...], ...]
    type: int = 0
    factuality: int = IGNORE
    mode: int = IGNORE
    contexts: tuple[int, ...] = ()


@dataclass
class Example:
    """One window with the labels of the layers that its corpus has; None where a layer is not annotated."""

    source: str
    pieces: np.ndarray
    first_piece: np.ndarray
    sentence: np.ndarray
    triggers: np.ndarray | None = None
    events: list[Anchor] = field(default_factory=list)
    statement_begins: np.ndarray | None = None
    statements: list[Anchor] = field(default_factory=list)
    attribution_begins: np.ndarray | None = None
    attributions: list[Anchor] = field(default_factory=list)
    places: np.ndarray | None = None
    sectors: list[tuple[int, int, int]] = field(default_factory=list)
    links: list[tuple[int, int, int]] = field(default_factory=list)
    political: int = IGNORE

    @property
    def words(self) -> int:
        return len(self.first_piece)


@dataclass(frozen=True)
class Document:
    """An annotated text; which of the layers it has depends on its corpus."""

    id: str
    source: str
    tokenized: TokenizedText
    record: Record | None = None
    attributions: tuple[dict[str, Any], ...] | None = None
    places: tuple[tuple[int, int], ...] | None = None
    quiet: bool = False


class WordIndex:
    """From character spans to runs of words."""

    def __init__(self, tokenized: TokenizedText) -> None:
        self._starts = np.array([w.start for w in tokenized.words], dtype=np.int64)
        self._ends = np.array([w.end for w in tokenized.words], dtype=np.int64)

    def run(self, start: int, end: int) -> tuple[int, int] | None:
        """Words that overlap the characters `start` to `end`, as a half-open run."""
        first = int(np.searchsorted(self._ends, start, side="right"))
        last = int(np.searchsorted(self._starts, end, side="left"))
        return (first, last) if first < last else None


def gold_documents(shared: Path, pieces: WordPieces) -> list[Document]:
    """The gold articles and, each on its own, the single sentences of the `pl` files."""
    script = shared / "eval" / "score_articles.py"
    lines = subprocess.run(
        [sys.executable, str(script), str(shared / "gold"), "--as-record"], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    documents: list[Document] = []
    for line in lines:
        record = Record.model_validate_json(line)
        if record.article.id.startswith("pl"):
            documents += _single_sentences(record, pieces)
        else:
            assert record.article.text
            documents.append(Document(record.article.id, "gold", pieces.tokenize(record.article.text), record))
    return documents


def _single_sentences(record: Record, pieces: WordPieces) -> Iterator[Document]:
    """The sentences of a file of unrelated sentences; each keeps the whole record, with offsets into the whole text."""
    text = record.article.text or ""
    whole = pieces.tokenize(text)
    for number, sentence in enumerate(whole.sentences):
        if sentence.start and text[sentence.start - 1] != "\n":
            continue
        end = text.find("\n", sentence.start)
        block = [s for s in whole.sentences[number:] if s.start < (end if end >= 0 else len(text))]
        yield Document(f"{record.article.id}:{number}", "sentence", pieces.tokenize(text, block), record)


def marked_documents(marks: Path, shared: Path, pieces: WordPieces) -> list[Document]:
    """Further articles whose marks are kept here as offsets; their texts stay in `shared`."""
    texts = shared_texts(shared)
    documents = []
    with gzip.open(marks, "rt", encoding="utf8") as lines:
        for line in lines:
            kept = json.loads(line)
            text = texts[kept["source"], kept["id"]][: kept["length"]]
            record = Record.model_validate(kept["record"])
            documents.append(Document(kept["id"], "marked", pieces.tokenize(text), record))
    return documents


def shared_texts(shared: Path) -> dict[tuple[str, str], str]:
    """Texts of the folders of `shared` that carry marks of ours, by corpus and id."""
    files = {
        "wikinews": "unlabelled/wikinews.jsonl",
        "gwn": "geoparsing/gwn.jsonl",
        "polnear": "attribution/train.jsonl",
    }
    texts = {(source, a["id"]): a["text"] for source, path in files.items() for a in _json_lines(shared / "data" / path)}
    return texts | _synthetic_texts(shared / "data" / "synthetic_news" / "news.csv.zip")


def _synthetic_texts(path: Path) -> dict[tuple[str, str], str]:
    """The machine-written texts, named by the SHA-256 of their own."""
    with zipfile.ZipFile(path) as packed, packed.open(packed.namelist()[0]) as rows:
        texts = [row["text"].strip() for row in csv.DictReader(io.TextIOWrapper(rows, encoding="utf8"))]
    return {("synthetic", text_hash(text)[:16]): text for text in texts}


def attribution_documents(path: Path, pieces: WordPieces) -> list[Document]:
    """Articles with sources, cues and contents; each article once, by its first annotator."""
    seen: dict[str, Document] = {}
    for a in _json_lines(path):
        if a["id"] not in seen:
            marked = tuple(x for x in a["attributions"] if x["content"])
            seen[a["id"]] = Document(a["id"], "attribution", pieces.tokenize(a["text"]), attributions=marked)
    return list(seen.values())


def place_documents(path: Path, pieces: WordPieces, quiet: frozenset[str]) -> list[Document]:
    """Articles with their place words; those named in `quiet` are known to tell no political event."""
    return [
        Document(
            a["id"],
            "places",
            pieces.tokenize(a["text"]),
            places=tuple((p["start"], p["end"]) for p in a["places"]),
            quiet=a["id"] in quiet,
        )
        for a in _json_lines(path)
    ]


def listed(path: Path) -> frozenset[str]:
    """Ids of a list such as `gold/dev.txt`."""
    return frozenset(line.strip() for line in path.read_text().splitlines() if line.strip() and line[0] != "#")


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def examples(document: Document, pieces: WordPieces, rng: random.Random | None = None) -> Iterator[Example]:
    """Windows of a document with their labels; with `rng`, windows of random length, so that epochs differ."""
    tokenized = document.tokenized
    index = WordIndex(tokenized)
    longest = rng.choice((510, 510, 420, 340)) if rng else 510
    for window in windows(tokenized, longest):
        yield _example(document, index, pieces, window)


def _example(document: Document, index: WordIndex, pieces: WordPieces, window: Window) -> Example:
    tokenized = document.tokenized
    first = tokenized.first_piece[window.start : window.end]
    example = Example(
        document.source,
        pieces.piece_ids(tokenized, window),
        first - first[0] + 1,
        tokenized.sentence[window.start : window.end] - tokenized.sentence[window.start],
    )
    if document.record is not None:
        _label_record(example, document.record, index, window)
    if document.attributions is not None:
        _label_attributions(example, document.attributions, index, window)
    if document.places is not None:
        example.places = _tags(example.words, (_inside(index.run(s, e), window) for s, e in document.places))
    if document.quiet:
        example.triggers = np.zeros(example.words, dtype=np.int64)
        example.political = 0
    return example


def _inside(run: tuple[int, int] | None, window: Window) -> tuple[int, int] | None:
    """The run in words of the window, or None where it is not wholly inside."""
    if run is None or run[0] < window.start or run[1] > window.end:
        return None
    return run[0] - window.start, run[1] - window.start


def _clipped(run: tuple[int, int] | None, window: Window) -> tuple[int, int] | None:
    if run is None or run[1] <= window.start or run[0] >= window.end:
        return None
    return max(run[0], window.start) - window.start, min(run[1], window.end) - window.start


def _tags(words: int, runs: Iterable[tuple[int, int] | None]) -> np.ndarray:
    """Outside 0, begin 1, inside 2."""
    tags = np.zeros(words, dtype=np.int64)
    for run in runs:
        if run:
            tags[run[0]] = 1
            tags[run[0] + 1 : run[1]] = 2
    return tags


def _label_record(example: Example, record: Record, index: WordIndex, window: Window) -> None:
    spans = lambda parts: tuple(  # noqa: E731
        run for p in parts if p and p.start is not None and (run := _inside(index.run(p.start, p.end), window))
    )
    example.triggers = np.zeros(example.words, dtype=np.int64)
    numbers: dict[str, int] = {}
    for event in record.events:
        run = _inside(index.run(event.trigger.start, event.trigger.end), window)
        if run is None:
            continue
        example.triggers[run[0] : run[1]] = 1 + TYPES.index(event.type)
        numbers[event.id] = len(example.events)
        mode = f"{event.type}/{event.mode}"
        example.events.append(
            Anchor(
                run[0],
                run[1],
                (
                    spans(event.actors),
                    spans(event.recipients),
                    spans([event.asserter]),
                    spans([event.when]),
                    spans([event.where]),
                ),
                TYPES.index(event.type),
                FACTUALITIES.index(event.factuality),
                MODES.index(mode) if mode in MODES else IGNORE,
                tuple(CONTEXTS.index(c) for c in event.contexts if c in CONTEXTS),
            )
        )
    _label_links(example, record, numbers)
    _label_statements(example, record, index, window)
    for entity in record.entities:
        if entity.sector in SECTORS:
            for run in spans(entity.mentions):
                example.sectors.append((*run, SECTORS.index(entity.sector)))
    example.political = int(bool(record.events))


def _label_links(example: Example, record: Record, numbers: dict[str, int]) -> None:
    for event in record.events:
        if event.id not in numbers:
            continue
        if event.same_as in numbers:
            example.links.append((numbers[event.id], numbers[event.same_as], LINKS.index("same_as")))
        for disputed in event.disputes:
            if disputed in numbers:
                example.links.append((numbers[event.id], numbers[disputed], LINKS.index("disputes")))


def _label_statements(example: Example, record: Record, index: WordIndex, window: Window) -> None:
    example.statement_begins = np.zeros(example.words, dtype=np.int64)
    for statement in record.statements:
        content = [index.run(c.start, c.end) for c in statement.content]
        if not content or content[0] is None or not window.start <= content[0][0] < window.end:
            continue
        inside = tuple(run for c in content if (run := _clipped(c, window)))
        roles = [inside]
        for part in (statement.speaker, statement.cue, statement.addressee, statement.via):
            run = _inside(index.run(part.start, part.end), window) if part else None
            roles.append((run,) if run else ())
        example.statement_begins[inside[0][0]] = 1
        example.statements.append(Anchor(inside[0][0], inside[0][0] + 1, tuple(roles)))


def _label_attributions(example: Example, attributions: Sequence[dict[str, Any]], index: WordIndex, window: Window) -> None:
    example.attribution_begins = np.zeros(example.words, dtype=np.int64)
    for marked in attributions:
        runs = {
            role: tuple(sorted(run for s, e in marked[role] if (run := _clipped(index.run(s, e), window))))
            for role in ATTRIBUTION_ROLES
        }
        begin = index.run(*min(marked["content"]))
        if not runs["content"] or begin is None or not window.start <= begin[0] < window.end:
            continue
        at = runs["content"][0][0]
        example.attribution_begins[at] = 1
        example.attributions.append(Anchor(at, at + 1, tuple(runs[r] for r in ATTRIBUTION_ROLES)))
