"""Weights of joining, from groups of linked articles: `python -m training.claims LINKS_DIR RECORDS.jsonl`.

LINKS_DIR holds groups of articles on one story with the events that tell the same act (`benchmarks/claims.py` scores on them),
RECORDS the records of their articles. Groups named with `--keep-out` are not learned from.
"""

import argparse
import json
import math
from dataclasses import dataclass
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from dragoman.ledger.grouping import candidates
from dragoman.ledger.joining import Prepared, compare, groups_of_weights, prepare
from dragoman.ledger.tellings import tellings
from dragoman.record import Record

CHOOSING = ("prorogation", "navalny", "impeachment", "triple_mattis", "triple_report", "triple_firing")
STRENGTH = 0.2
THRESHOLD = 0.38
LOOK_ALIKES_COUNT = 2.0
SMALLEST = 0.005
OTHER_TYPE = -1.5


@dataclass(frozen=True)
class Pair:
    """Two tellings as what was found comparing them, by group of weights; `same` when one act; `weight` in training."""

    found: dict[str, float]
    same: bool
    weight: float


def pairs(group: dict[str, list], told: list[Prepared]) -> list[Pair]:
    """All pairs worth comparing in a group; groups with many links do not drown those with few.

    Pairs of two types are too few to learn from; they weigh as pairs of one type, less `OTHER_TYPE`.
    """
    claim_of = {key: number for number, claim in enumerate(group["claims"]) for key in claim}
    alike = {frozenset(pair) for pair in group["near_misses"]}
    links = sum(math.comb(len(claim), 2) for claim in group["claims"])
    scale = 5 / math.sqrt(max(1, links))
    found = []
    for i, j in candidates(told):
        one, other = told[i], told[j]
        if one.telling.type != other.telling.type:
            continue
        keys = one.telling.key, other.telling.key
        same = claim_of.get(keys[0]) is not None and claim_of.get(keys[0]) == claim_of.get(keys[1])
        values = compare(one, other)
        named = {f"{part}|{name}": v for part in groups_of_weights(one, other) for name, v in values.items() if v}
        found.append(Pair(named, same, scale * (LOOK_ALIKES_COUNT if frozenset(keys) in alike else 1.0)))
    return found


def learn(data: list[Pair], strength: float = STRENGTH) -> dict[str, dict[str, float]]:
    """Weights by group and name; `strength` is the inverse of the regularisation."""
    vectors = DictVectorizer()
    features = vectors.fit_transform([p.found for p in data])
    model = LogisticRegression(C=strength, max_iter=5000)
    model.fit(features, [p.same for p in data], sample_weight=[p.weight for p in data])
    weights: dict[str, dict[str, float]] = {}
    for name, value in zip(vectors.get_feature_names_out(), model.coef_[0], strict=True):
        part, found = name.split("|")
        if abs(value) >= SMALLEST:
            weights.setdefault(part, {})[found] = round(float(value), 3)
    weights["all"]["always"] = round(weights["all"].get("always", 0.0) + float(model.intercept_[0]), 3)
    weights["all"]["type: other"] = OTHER_TYPE
    return weights


def load_groups(links: Path, keep_out: tuple[str, ...]) -> list[dict[str, list]]:
    """The linked groups, without those kept out."""
    return [json.loads(p.read_text("utf8")) for p in sorted(links.glob("*.json")) if p.stem not in keep_out]


def load_tellings(records: Path) -> dict[str, list[Prepared]]:
    """The prepared tellings of each article."""
    with records.open(encoding="utf8") as lines:
        read = [Record.model_validate_json(line) for line in lines if line.strip()]
    return {r.article.id: [prepare(t) for t in tellings(r)] for r in read}


def write(weights: dict[str, dict[str, float]], threshold: float, path: Path) -> None:
    """Write the weights as the table that joining reads."""
    lines = [
        "# How much what is found comparing two tellings speaks for one act (log odds), by kind of pair. all: every pair;",
        "# within and across: of one article or of two; verbal: acts done in words. Made by python -m training.claims from",
        "# stories whose events are linked by careful reading. threshold: the mean likelihood that a claim's pairs must reach.",
        f"threshold = {threshold}",
    ]
    for part in sorted(weights):
        lines += ["", f"[weights.{part}]"]
        lines += [f'"{name}" = {value}' for name, value in sorted(weights[part].items())]
    path.write_text("\n".join(lines) + "\n", "utf8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("links", type=Path)
    parser.add_argument("records", type=Path)
    parser.add_argument("--keep-out", nargs="*", default=list(CHOOSING))
    parser.add_argument("-o", "--output", type=Path, default=Path("src/dragoman/ledger/joining.toml"))
    arguments = parser.parse_args()
    told = load_tellings(arguments.records)
    groups = load_groups(arguments.links, tuple(arguments.keep_out))
    data = [p for g in groups for p in pairs(g, [t for a in g["articles"] for t in told[a]])]
    write(learn(data), THRESHOLD, arguments.output)
    print(f"{len(groups)} groups, {len(data)} pairs, {sum(p.same for p in data)} of one act -> {arguments.output}")


if __name__ == "__main__":
    main()
