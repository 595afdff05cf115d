"""Join the records of linked stories and score the claims: `python -m benchmarks.claims LINKS_DIR RECORDS.jsonl`.

LINKS_DIR holds one group of articles on one story a file, with the events that tell the same act; RECORDS one record a line.
The scorer is `score_links.py` of the folder `eval` beside the data.
"""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from benchmarks.scorers import load_scorer
from dragoman.ledger.claims import Claim, join, tellings
from dragoman.ledger.tellings import Telling
from dragoman.record import Record


def load_tellings(records: Path) -> list[Telling]:
    """The tellings of all records."""
    with records.open(encoding="utf8") as lines:
        return [t for line in lines if line.strip() for t in tellings(Record.model_validate_json(line))]


def as_line(claim: Claim) -> dict[str, object]:
    """A claim in the form that the scorer reads."""
    return {"id": claim.id, "events": _events(claim.tellings), "disputed_by": _events(claim.disputed_by)}


def _events(told: Iterable[Telling]) -> list[dict[str, str]]:
    return [{"article": t.article, "event": t.event} for t in told]


def main() -> None:
    """Join and score."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("links", type=Path, help="folder with one group of linked articles a file")
    parser.add_argument("records", type=Path, help="their records as JSON Lines")
    parser.add_argument("--scorer", type=Path, help="score_links.py; by default the one beside the data")
    parser.add_argument("--each", action="store_true", help="score each group too")
    arguments = parser.parse_args()
    default = arguments.links.resolve().parent.parent / "eval" / "score_links.py"
    scorer = load_scorer(arguments.scorer or default)
    groups = {p.stem: json.loads(p.read_text("utf8")) for p in sorted(arguments.links.glob("*.json"))}
    claims = [as_line(c) for c in join(load_tellings(arguments.records))]
    for name, value in scorer.score(list(groups.values()), claims).items():
        print(f"{name:12} {value}")
    if arguments.each:
        for name, group in groups.items():
            figures = scorer.score([group], claims)
            told = "  ".join(f"{k} {figures[k]['f1']:.3f}" for k in ("bcubed", "pairs", "across", "disputes"))
            print(f"{name:20} {told}  near_misses {figures['near_misses']['acc']}")


if __name__ == "__main__":
    main()
