"""Fit what turns scores into marks on the dev lists: thresholds by coordinate search, confidences by logistic regression."""

import argparse
import dataclasses
import json
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from benchmarks.scorers import load_scorer
from sklearn.linear_model import LogisticRegression

from benchmarks import attribution
from dragoman.article import Article
from dragoman.collect.clean import boilerplate
from dragoman.mark.decode import Decoding
from dragoman.mark.encoder import Encoder
from dragoman.mark.marker import Marker, Scored
from dragoman.mark.marks import Words
from dragoman.resolve import resolve
from training.data import listed

log = logging.getLogger("calibrate")

SINGLE = "pl"


class CachedMarker(Marker):
    """A marker that runs the encoder once a text, and notes the features of what it finds."""

    def __init__(self, encoder: Encoder, decoding: Decoding) -> None:
        super().__init__(encoder, decoding)
        self._scored: dict[str, Scored] = {}
        self.event_features: dict[Words, dict[str, float]] = {}
        self.statement_features: dict[Words, dict[str, float]] = {}

    def score(self, text: str) -> Scored:
        if text not in self._scored:
            self._scored[text] = super().score(text)
        return self._scored[text]

    def event_confidence(self, trigger: Words, features: dict[str, float]) -> float:
        self.event_features[trigger] = features
        return super().event_confidence(trigger, features)

    def statement_confidence(self, content: Words, features: dict[str, float]) -> float:
        self.statement_features[content] = features
        return super().statement_confidence(content, features)


@dataclasses.dataclass(frozen=True)
class Dev:
    """The articles to fit on: annotated ones, and ones without politics."""

    scorer: ModuleType
    gold: Sequence[dict[str, Any]]
    quiet: Sequence[Article]

    @classmethod
    def load(cls, shared: Path) -> "Dev":
        scorer = load_scorer(shared / "eval" / "score_articles.py")
        only = listed(shared / "gold" / "dev.txt")
        gold = [
            r
            for r in scorer.load_gold(shared / "gold")
            if r["article"]["id"] in only and not r["article"]["id"].startswith(SINGLE)
        ]
        wanted = listed(shared / "gold" / "quiet_dev.txt")
        quiet = []
        for name in ("gwn", "gwn_dev"):
            for line in (shared / "data" / "geoparsing" / f"{name}.jsonl").read_text(encoding="utf8").splitlines():
                article = json.loads(line)
                if article["id"] in wanted:
                    quiet.append(Article.model_validate(article))
        return cls(scorer, gold, quiet)

    def records(self, marker: Marker) -> list[dict[str, Any]]:
        return [_record(marker, Article.model_validate(g["article"])) for g in self.gold]

    def tally(self, marker: Marker) -> Any:
        total = self.scorer.Tally()
        for g, record in zip(self.gold, self.records(marker), strict=True):
            self.scorer.compare(g, record, total)
        return total


def _record(marker: Marker, article: Article) -> dict[str, Any]:
    return json.loads(resolve(article, marker.mark(article.text, boilerplate(article.text))).to_json())


def fit(rows: list[dict[str, float]], right: list[bool]) -> dict[str, float]:
    """Weights of a logistic regression, lightly regularised."""
    names = list(rows[0])
    x = np.array([[r[n] for n in names] for r in rows])
    model = LogisticRegression(C=1.0, max_iter=2000).fit(x, right)
    return {"bias": round(float(model.intercept_[0]), 4)} | {
        n: round(float(w), 4) for n, w in zip(names, model.coef_[0], strict=True)
    }


def fit_confidences(dev: Dev, marker: CachedMarker) -> Decoding:
    """The calibrations of events and statements, from all that is found with low thresholds."""
    loose = dataclasses.replace(marker.decoding, trigger=0.12, statement=0.15, reported=0.0)
    kept, marker.decoding = marker.decoding, loose
    events: list[dict[str, float]] = []
    event_right: list[bool] = []
    statements: list[dict[str, float]] = []
    statement_right: list[bool] = []
    for g in dev.gold:
        marker.event_features.clear()
        marker.statement_features.clear()
        record = _record(marker, Article.model_validate(g["article"]))
        same = lambda a, b: dev.scorer.same_trigger(a, b) if a["type"] == b["type"] else 0  # noqa: E731
        matched = {id(p) for _, p in dev.scorer.pairs(g["events"], record["events"], same)}
        for e in record["events"]:
            events.append(marker.event_features[Words(e["trigger"]["start"], e["trigger"]["end"])])
            event_right.append(id(e) in matched)
        said = dev.scorer.pairs(
            g["statements"],
            record["statements"],
            lambda a, b: w if (w := dev.scorer.spans_iou(a["content"], b["content"])) >= 0.5 else 0,
        )
        matched = {id(p) for _, p in said}
        for s in record["statements"]:
            statements.append(marker.statement_features[Words(s["content"][0]["start"], s["content"][0]["end"])])
            statement_right.append(id(s) in matched)
    for article in dev.quiet:
        marker.event_features.clear()
        marker.mark(article.text)
        events += marker.event_features.values()
        event_right += [False] * len(marker.event_features)
    return dataclasses.replace(kept, calibration=fit(events, event_right), statement_calibration=fit(statements, statement_right))


def search(marker: CachedMarker, name: str, values: Sequence[float], goal: Callable[[CachedMarker], float]) -> None:
    """Set one threshold to the value with the best goal; of equals the one nearest to the present one."""
    found = {}
    start = marker.decoding
    for value in values:
        marker.decoding = dataclasses.replace(start, **{name: value})
        found[value] = goal(marker)
    present = getattr(start, name)
    best = max(found, key=lambda v: (round(found[v], 4), -abs(v - present)))
    marker.decoding = dataclasses.replace(start, **{name: best})
    log.info("%s = %s: %s", name, best, {v: round(s, 4) for v, s in found.items()})


def fit_thresholds(dev: Dev, marker: CachedMarker) -> None:
    """All thresholds but those of attributions, one after the other, each by the figure that it moves."""

    def f1(*names: str) -> Callable[[CachedMarker], float]:
        return lambda m: sum(tally.prf(n)["f1"] for tally in (dev.tally(m),) for n in names)

    def share(*names: str) -> Callable[[CachedMarker], float]:
        return lambda m: sum(tally.share(n)["acc"] or 0.0 for tally in (dev.tally(m),) for n in names)

    search(marker, "trigger", (0.25, 0.3, 0.35, 0.4), f1("event"))
    marker.decoding = dataclasses.replace(fit_confidences(dev, marker), reported=0.0)
    search(marker, "reported", (0.2, 0.25, 0.3, 0.35, 0.4), f1("event"))
    search(marker, "role", (0.25, 0.3, 0.35, 0.4, 0.45), share("actor", "recipient"))
    search(marker, "edge", (0.05, 0.08, 0.12, 0.2), share("actor", "recipient", "sector"))
    search(marker, "fallback_actor", (0.08, 0.15, 0.25), share("actor"))
    search(marker, "asserter", (0.2, 0.3, 0.4, 0.5), f1("asserted"))
    search(marker, "not_happened", (0.35, 0.42, 0.5, 0.58), f1("not_happened"))
    search(marker, "when", (0.15, 0.25, 0.35), share("when"))
    search(marker, "where", (0.15, 0.25, 0.35), share("where"))
    search(marker, "statement", (0.25, 0.32, 0.4, 0.48), f1("statement", "attributed"))
    search(marker, "content", (0.4, 0.5, 0.6), f1("statement", "attributed"))
    search(marker, "speaker", (0.1, 0.2, 0.3), f1("attributed"))
    search(marker, "via", (0.15, 0.25, 0.4), share("via"))
    search(marker, "addressee", (0.15, 0.25, 0.4), share("addressee"))
    search(marker, "mode", (0.1, 0.2, 0.3), share("mode"))
    search(marker, "disputes", (0.1, 0.2, 0.3), share("disputes"))


def fit_attributions(shared: Path, marker: CachedMarker) -> None:
    scorer = load_scorer(shared / "eval" / "score_attribution.py")
    gold = [json.loads(line) for line in (shared / "data/attribution/dev.jsonl").read_text(encoding="utf8").splitlines()]

    def goal(m: CachedMarker) -> float:
        found = scorer.score(gold, [attribution.record(m, g) for g in gold])
        return sum(found[n]["f1"] for n in ("content", "source", "cue", "attributed", "attributed"))

    search(marker, "attribution", (0.3, 0.35, 0.4, 0.45, 0.5), goal)
    search(marker, "attribution_content", (0.35, 0.45, 0.55), goal)
    search(marker, "attribution_source", (0.3, 0.4, 0.5), goal)
    search(marker, "attribution_cue", (0.3, 0.4, 0.5), goal)


def write(decoding: Decoding, path: Path) -> None:
    plain = dataclasses.asdict(decoding)
    lines = ["# Thresholds and calibration of this model, fitted on the dev lists by training/calibrate.py.\n"]
    lines += [f"{k} = {v}\n" for k, v in plain.items() if not isinstance(v, dict)]
    for k, v in plain.items():
        if isinstance(v, dict):
            lines += [f"\n[{k}]\n", *(f"{n} = {w}\n" for n, w in v.items())]
    path.write_text("".join(lines))


def run(model: Path, shared: Path) -> None:
    """Rewrite the `decoding.toml` of an exported model."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    marker = CachedMarker(Encoder(model), Decoding.load(model / "decoding.toml"))
    fit_thresholds(Dev.load(shared), marker)
    fit_attributions(shared, marker)
    write(marker.decoding, model / "decoding.toml")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("model", type=Path, help="folder of the exported model; its decoding.toml is rewritten")
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    a = ap.parse_args()
    run(a.model, a.shared)


if __name__ == "__main__":
    main()
