"""From scores to spans: which words of a window are triggers, contents, actors, and how sure that is."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dragoman.mark.encoder import MODEL, FloatArray


@dataclass(frozen=True)
class Decoding:
    """Thresholds and calibration that turn scores into marks, fitted on the dev articles; the model's `decoding.toml`.

    All thresholds are probabilities; words down to `edge` prolong the fillers of roles.
    `calibration` are the weights of a logistic regression, named by feature; `reported`
    is the least confidence with which an event is told.
    """

    trigger: float
    statement: float
    attribution: float
    role: float
    edge: float
    fallback_actor: float
    asserter: float
    when: float
    where: float
    speaker: float
    via: float
    addressee: float
    content: float
    attribution_content: float
    attribution_source: float
    attribution_cue: float
    attribution_edge: float
    not_happened: float
    mode: float
    context: float
    same_as: float
    disputes: float
    reported: float
    calibration: dict[str, float]
    statement_calibration: dict[str, float]

    @classmethod
    def load(cls, path: Path = MODEL / "decoding.toml") -> "Decoding":
        """Read the settings that belong to a model."""
        return cls(**tomllib.loads(path.read_text()))


@dataclass(frozen=True, slots=True)
class Run:
    """Words `start` to `end` of a text or window, with the probability that it is what it is taken for."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Trigger:
    """A run of words that tells an act; `type` is the index of its type, `score` the model's bare probability."""

    start: int
    end: int
    type: int
    score: float


def find_triggers(scores: FloatArray, threshold: float) -> list[Trigger]:
    """Runs of words each more likely than `threshold` to tell an act, split where the likeliest type changes.

    `scores` is [words, 1 + types], the first column for no act.
    """
    told = 1 - scores[:, 0] >= threshold
    types = scores[:, 1:].argmax(1)
    found: list[Trigger] = []
    at = 0
    while at < len(scores):
        if not told[at]:
            at += 1
            continue
        end = at + 1
        while end < len(scores) and told[end] and types[end] == types[at]:
            end += 1
        found.append(Trigger(at, end, int(types[at]), float(scores[at:end, 1 + types[at]].max())))
        at = end
    return found


def find_runs(inside: FloatArray, threshold: float, edge: float | None = None) -> list[Run]:
    """Runs of words that are likely inside a role: all words reach `edge`, and one the `threshold`.

    An edge below the threshold keeps names whole: of "Tobias Ellwood", one word may be much likelier than the other.
    """
    edge = threshold if edge is None else edge
    found: list[Run] = []
    start: int | None = None
    for at in range(len(inside) + 1):
        member = at < len(inside) and inside[at] >= edge
        if member and start is None:
            start = at
        elif not member and start is not None:
            found.append(Run(start, at, float(inside[start:at].max())))
            start = None
    return [r for r in found if (inside[r.start : r.end] >= threshold).any()]


def best_run(inside: FloatArray, threshold: float, edge: float | None = None) -> Run | None:
    """The likeliest run of a role that has one filler, or None where no word reaches the threshold."""
    return max(find_runs(inside, threshold, edge), key=lambda r: r.score, default=None)


def content_run(inside: FloatArray, start: int, threshold: float) -> Run:
    """The stretch from `start` on that best agrees with the scores: words inside count for it, words outside against."""
    odds = np.log(np.clip(inside[start:], 1e-4, 1 - 1e-4) / np.clip(1 - inside[start:], 1e-4, 1 - 1e-4))
    odds -= np.log(threshold / (1 - threshold))
    end = start + 1 + int(np.cumsum(odds).argmax())
    return Run(start, end, float(inside[start:end].mean()))


def logistic(weights: dict[str, float], features: dict[str, float]) -> float:
    """A calibrated probability, rounded to four digits."""
    score = weights["bias"] + sum(weights[name] * value for name, value in features.items())
    return round(float(1 / (1 + np.exp(-score))), 4)


def logit(probability: float) -> float:
    """Log odds, cut at a thousandth from either end."""
    p = min(max(probability, 1e-3), 1 - 1e-3)
    return float(np.log(p / (1 - p)))
