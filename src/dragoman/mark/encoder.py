"""The model's files, run by onnxruntime: from windows of words to the scores of all heads.

Every window runs alone, because activations are quantised per call: so a text's scores depend on nothing but its words.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from dragoman.mark.windows import IntArray, TokenizedText, Window, WordPieces

FloatArray = npt.NDArray[np.float32]

MODEL = Path(__file__).parent / "model"
"""The folder of the shipped weights."""

DISTANCE_EDGES = 3 * 1.8 ** np.arange(9)
"""Word distances beyond 3 fall into buckets that widen by this factor; the model is trained with the same."""


@dataclass(frozen=True)
class Labels:
    """What each output of the heads stands for, in order; read from the model's `labels.json`."""

    types: tuple[str, ...]
    factualities: tuple[str, ...]
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    event_roles: tuple[str, ...]
    statement_roles: tuple[str, ...]
    attribution_roles: tuple[str, ...]
    links: tuple[str, ...]


@dataclass(frozen=True)
class WordScores:
    """Scores of one window's words.

    `vectors` [words, 384]; `triggers` [words, 1 + types], none first; `begins` [words, 2], of statements' contents and of the
    attribution corpus's; `places` [words, 3], outside, begin, inside; `political` the probability that the window tells politics.
    """

    vectors: FloatArray
    triggers: FloatArray
    begins: FloatArray
    places: FloatArray
    political: float


@dataclass(frozen=True)
class EventScores:
    """Scores of anchors: `roles` [anchors, words, roles, 2] (inside, begin), the others [anchors, labels]."""

    roles: FloatArray
    factuality: FloatArray
    modes: FloatArray
    contexts: FloatArray


class Encoder:
    """The encoder and its heads, loaded once; one thread, so that processes scale.

    Raises FileNotFoundError where the folder lacks a file of the model.
    """

    def __init__(self, folder: Path = MODEL) -> None:
        self._folder = folder
        self.labels = Labels(**{k: tuple(v) for k, v in json.loads((folder / "labels.json").read_text()).items()})
        self.pieces = WordPieces(folder / "tokenizer.json")
        self._words = _session(folder / "words.onnx")

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the model's files, which names the model in records."""
        found = hashlib.sha256()
        for path in sorted(self._folder.iterdir()):
            if path.suffix in (".onnx", ".json", ".toml"):
                found.update(path.name.encode())
                found.update(path.read_bytes())
        return f"sha256:{found.hexdigest()}"

    @cached_property
    def _events(self) -> onnxruntime.InferenceSession:
        return _session(self._folder / "events.onnx")

    @cached_property
    def _statements(self) -> onnxruntime.InferenceSession:
        return _session(self._folder / "statements.onnx")

    @cached_property
    def _attributions(self) -> onnxruntime.InferenceSession:
        return _session(self._folder / "attributions.onnx")

    @cached_property
    def _links(self) -> onnxruntime.InferenceSession:
        return _session(self._folder / "links.onnx")

    def score_words(self, text: TokenizedText, window: Window) -> WordScores:
        """Run the encoder and the word heads over one window."""
        first = text.first_piece[window.start : window.end]
        found = self._words.run(None, {"pieces": self.pieces.piece_ids(text, window)[None], "first_piece": first - first[0] + 1})
        vectors, triggers, begins, places, political = found
        return WordScores(vectors, triggers, begins, places, float(political[0, 0]))

    def score_events(self, anchors: FloatArray, types: IntArray, pairs: "Pairs") -> EventScores:
        """Roles and traits of event anchors ([anchors, 384] with their types) towards the words of one window."""
        roles, factuality, modes, contexts = self._events.run(None, {"anchors": anchors, "types": types, **pairs.inputs()})
        return EventScores(_by_role(roles), factuality, modes, contexts)

    def score_statements(self, anchors: FloatArray, pairs: "Pairs") -> FloatArray:
        """Roles of statements, given by the first words of their contents: [anchors, words, roles, 2]."""
        return _by_role(self._statements.run(None, {"anchors": anchors, **pairs.inputs()})[0])

    def score_attributions(self, anchors: FloatArray, pairs: "Pairs") -> FloatArray:
        """The same in the attribution corpus's scheme."""
        return _by_role(self._attributions.run(None, {"anchors": anchors, **pairs.inputs()})[0])

    def score_links(self, later: FloatArray, earlier: FloatArray, same_type: IntArray, words: IntArray) -> FloatArray:
        """Probabilities [pairs, links] that two events are one act, or the one disputes the other; `words` between them."""
        inputs = {"later": later, "earlier": earlier, "same_type": same_type, "distance": distance_buckets(words)}
        found: FloatArray = self._links.run(None, inputs)[0]
        return found


@dataclass(frozen=True)
class Pairs:
    """All pairs of some anchors with the words of their window, as buckets of distance [anchors, words]."""

    words: FloatArray
    distance: IntArray
    sentences: IntArray

    @classmethod
    def of(cls, vectors: FloatArray, sentence: IntArray, starts: IntArray) -> "Pairs":
        """Pairs of the anchors that begin at words `starts` with all words of the window."""
        position = np.arange(len(vectors))
        between = sentence[None, :] - sentence[starts][:, None]
        return cls(vectors, distance_buckets(position[None, :] - starts[:, None]), np.clip(between, -4, 4) + 4)

    def inputs(self) -> dict[str, npt.NDArray[np.generic]]:
        """The pairs as inputs of a head."""
        return {"words": self.words, "distance": self.distance, "sentences": self.sentences}


def distance_buckets(words: IntArray) -> IntArray:
    """Signed distance in words as 0 to 23: exact to 3, then widening; behind the anchor from 12 on."""
    size = np.abs(words)
    bucket = np.where(size <= 3, size, np.minimum(3 + np.searchsorted(DISTANCE_EDGES, size, side="right"), 11))
    return np.where(words < 0, bucket + 12, bucket).astype(np.int64)


def _by_role(scores: FloatArray) -> FloatArray:
    return scores.reshape(*scores.shape[:2], -1, 2)


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
