"""Score reading against gold articles, with bootstrap intervals: accuracy.py GOLD_DIR --ids FILE.

Whole articles and single sentences are told apart; articles known to tell no politics come from --quiet and --texts. The scorer
itself is `score_articles.py` of the folder `eval` beside the gold.
"""

import argparse
import collections
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.scorers import load_scorer
from dragoman import Article, Reader

SINGLE = "pl"
"""Ids of files of single sentences begin so."""

MEASURES = (
    "event", "sure", "dyad", "quad", "full", "not_happened", "asserted", "statement", "attributed",
)  # fmt: skip
SHARES = (
    "actor", "recipient", "sector", "factuality", "asserter", "when", "where", "mode", "disputes",
    "cue", "via", "addressee", "kind",
)  # fmt: skip
ROUNDS = 1000


@dataclass(frozen=True)
class Interval:
    """A figure with the middle 90% of its bootstrap."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f}–{self.high:.3f})"


def tallies(scorer: ModuleType, gold: Iterable[dict[str, Any]], records: dict[str, dict[str, Any]]) -> list[Any]:
    """One tally an article."""
    found = []
    for g in gold:
        tally = scorer.Tally()
        scorer.compare(g, records[g["article"]["id"]], tally)
        found.append(tally)
    return found


def summed(scorer: ModuleType, parts: Sequence[Any]) -> Any:
    total = scorer.Tally()
    for t in parts:
        for name in ("hit", "gold", "pred"):
            getattr(total, name).update(getattr(t, name))
        total.bins += t.bins
    return total


def figure(total: Any, name: str) -> dict[str, float]:
    """Precision, recall and F1 of a measure, or the share of those right."""
    if name == "ece":
        return {"ece": total.ece() or 0.0}
    if name in (*SHARES, "quiet"):
        return {"acc": total.share(name)["acc"] or 0.0}
    return {k: v for k, v in total.prf(name).items() if k != "gold"}


def intervals(scorer: ModuleType, parts: Sequence[Any], names: Sequence[str], rounds: int) -> dict[str, dict[str, Interval]]:
    """Each figure with its bootstrap over articles."""
    rng = random.Random(1)
    drawn: dict[tuple[str, str], list[float]] = collections.defaultdict(list)
    for _ in range(rounds):
        total = summed(scorer, rng.choices(parts, k=len(parts)))
        for name in names:
            for k, v in figure(total, name).items():
                drawn[name, k].append(v)
    whole = summed(scorer, parts)
    result: dict[str, dict[str, Interval]] = {}
    for name in names:
        result[name] = {}
        for k, v in figure(whole, name).items():
            values = sorted(drawn[name, k]) or [v]
            result[name][k] = Interval(v, values[len(values) // 20], values[-1 - len(values) // 20])
    return result


def show(title: str, scorer: ModuleType, parts: Sequence[Any], rounds: int) -> None:
    whole = summed(scorer, parts)
    names = [n for n in (*MEASURES, *SHARES, "ece") if n == "ece" or whole.gold[n]]
    print(f"\n{title} ({len(parts)})\n")
    print("| figure | P | R | F1 or share | of |\n| --- | --- | --- | --- | --- |")
    for name, found in intervals(scorer, parts, names, rounds).items():
        cells = [str(found[k]) if k in found else "" for k in ("p", "r")]
        last = found.get("f1") or found.get("acc") or found.get("ece")
        print(f"| {name} | {cells[0]} | {cells[1]} | {last} | {whole.gold[name] or len(whole.bins)} |")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("gold", type=Path, help="folder with articles and labels")
    ap.add_argument("--ids", type=Path, help="list of the articles to score")
    ap.add_argument("--quiet", type=Path, help="list of articles without politics")
    ap.add_argument("--texts", type=Path, action="append", default=[], help="JSON Lines that hold the quiet articles")
    ap.add_argument("--rounds", type=int, default=ROUNDS)
    ap.add_argument("-o", "--output", type=Path, help="keep the records here")
    a = ap.parse_args()
    scorer, reader = load_scorer(a.gold.parent / "eval" / "score_articles.py"), Reader()
    only = listed(a.ids) if a.ids else None
    gold = [r for r in scorer.load_gold(a.gold) if only is None or r["article"]["id"] in only]
    records = {g["article"]["id"]: json.loads(reader.read(Article.model_validate(g["article"])).to_json()) for g in gold}
    if a.output:
        a.output.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records.values()))
    whole = [g for g in gold if not g["article"]["id"].startswith(SINGLE)]
    single = [g for g in gold if g["article"]["id"].startswith(SINGLE)]
    show("Whole articles", scorer, tallies(scorer, whole, records), a.rounds)
    if single:
        show("Files of single sentences", scorer, tallies(scorer, single, records), a.rounds)
    silent = [g for g in whole if not g["events"]]
    quiet = [not loud(records[g["article"]["id"]]) for g in silent] + [
        not loud(json.loads(reader.read(article).to_json())) for article in quiet_articles(a.quiet, a.texts)
    ]
    if quiet:
        print(f"\nQuiet: {sum(quiet)} of {len(quiet)} articles without politics = {sum(quiet) / len(quiet):.3f}")


def loud(record: dict[str, Any]) -> bool:
    return any(e["confidence"] >= 0.5 for e in record["events"])


def quiet_articles(ids: Path | None, texts: Sequence[Path]) -> Iterable[Article]:
    wanted = listed(ids) if ids else frozenset()
    for path in texts:
        with path.open(encoding="utf8") as lines:
            for line in lines:
                article = json.loads(line)
                if article["id"] in wanted:
                    yield Article.model_validate(article)


def listed(path: Path) -> frozenset[str]:
    return frozenset(line.strip() for line in path.read_text().splitlines() if line.strip() and line[0] != "#")


if __name__ == "__main__":
    main()
