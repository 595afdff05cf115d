"""Country and sector of mentions against the gold.

entities.py GOLD_DIR [--ids FILE] [--skip PREFIX] [--errors N]

The gold's words are given as marks, so that resolving alone is measured. A mention counts once for each place of the text.
"""

import argparse
import collections
import json
import pathlib
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.scorers import load_scorer
from dragoman.article import Article
from dragoman.mark.marks import MarkedEvent, MarkedStatement, Marks, Words
from dragoman.resolve.entities import resolve_entities
from dragoman.resolve.phrases import PRONOUNS
from dragoman.resolve.tables import tables


@dataclass(frozen=True)
class Judged:
    """One mention of the gold with what it is and what was said of it."""

    article: str
    words: Words
    text: str
    told: str
    said: str

    @property
    def pronoun(self) -> bool:
        """Whether only a pronoun stands there."""
        return self.text.lower() in PRONOUNS

    @property
    def country(self) -> bool:
        return self.told.split()[0] == self.said.split()[0]

    @property
    def both(self) -> bool:
        return self.told == self.said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=pathlib.Path)
    parser.add_argument("--scorer", type=pathlib.Path, help="score_articles.py; beside GOLD_DIR in ../eval by default")
    parser.add_argument("--ids", type=pathlib.Path)
    parser.add_argument("--without", type=pathlib.Path, help="leave the articles of this list out")
    parser.add_argument("--skip", action="append", default=["pl"])
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--only", choices=("all", "pronouns"), default="all")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    scorer = args.scorer or args.gold.parent / "eval" / "score_articles.py"
    started = time.perf_counter()
    tables()
    loading = time.perf_counter() - started
    judged, seconds, articles = [], 0.0, 0
    for record in gold_records(args.gold, scorer, ids(args.ids), ids(args.without) or set(), tuple(args.skip)):
        began = time.perf_counter()
        found = list(judge(record))
        seconds += time.perf_counter() - began
        articles += 1
        judged += [j for j in found if args.only == "all" or j.pronoun]
    report(judged, articles, loading, seconds, args.json)
    for error in [j for j in judged if not j.both][: args.errors]:
        print(f"{error.article:9} {error.words.start:6} {error.told:8} {error.said:8} {error.text}")


def ids(path: pathlib.Path | None) -> set[str] | None:
    """The article ids of a list, None without one."""
    if path is None:
        return None
    return {line.strip() for line in path.read_text().splitlines() if line.strip() and not line.startswith("#")}


def gold_records(
    gold: pathlib.Path, scorer: pathlib.Path, only: set[str] | None, without: set[str], skip: tuple[str, ...]
) -> Iterator[dict[str, Any]]:
    """The gold's articles as records, by the scorer that goes with it."""
    sys.dont_write_bytecode = True
    for record in load_scorer(scorer).load_gold(gold):
        name = record["article"]["id"]
        if (only is None or name in only) and name not in without and not name.startswith(skip):
            yield record


def judge(record: dict[str, Any]) -> Iterator[Judged]:
    """Every mention of a gold record with the country and sector that the resolver gives it."""
    article, marks = Article.model_validate(record["article"]), marks_of(record)
    resolved = resolve_entities(article, marks)
    entities = {e.id: e for e in resolved.entities}
    gold = {e["id"]: f"{e['country']} {e['sector']}" for e in record["entities"]}
    seen = set()
    for mention in mentions(record):
        words = Words(mention["start"], mention["end"])
        if words in seen:
            continue
        seen.add(words)
        found = entities.get(resolved.id(words) or "")
        said = f"{found.country} {found.sector}" if found else "- -"
        yield Judged(article.id, words, mention["text"], gold[mention["entity"]], said)


def mentions(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The mentions of a record, in its order."""
    for event in record["events"]:
        yield from [m for m in (*event["actors"], *event["recipients"], event["asserter"]) if m]
    for statement in record["statements"]:
        yield from [m for m in (statement["speaker"], statement["addressee"], statement["via"]) if m]


def marks_of(record: dict[str, Any]) -> Marks:
    """The gold's words as marks."""

    def words(mention: dict[str, Any] | None) -> Words | None:
        return Words(mention["start"], mention["end"]) if mention and mention.get("start") is not None else None

    def several(found: list[dict[str, Any]]) -> tuple[Words, ...]:
        return tuple(Words(m["start"], m["end"]) for m in found)

    events = tuple(
        MarkedEvent(
            type=e["type"], trigger=Words(e["trigger"]["start"], e["trigger"]["end"]), confidence=1.0, factuality=e["factuality"],
            actors=several(e["actors"]), recipients=several(e["recipients"]), asserter=words(e["asserter"]),
        )
        for e in record["events"]
    )  # fmt: skip
    statements = tuple(
        MarkedStatement(
            content=several(s["content"]), confidence=1.0, speaker=words(s["speaker"]), cue=words(s["cue"]),
            addressee=words(s["addressee"]), via=words(s["via"]), kind=s["kind"] or "indirect",
        )
        for s in record["statements"]
    )  # fmt: skip
    return Marks(events, statements)


def report(judged: list[Judged], articles: int, loading: float, seconds: float, as_json: bool) -> None:
    """Prints the shares that are right, in all and by what kind of words a mention is."""
    rows = {}
    for name, part in (
        ("mentions", judged),
        ("pronouns", [j for j in judged if j.pronoun]),
        ("not pronouns", [j for j in judged if not j.pronoun]),
    ):
        n = len(part)
        rows[name] = {"country": _share(part, "country"), "country and sector": _share(part, "both"), "of": n}
    if as_json:
        print(json.dumps(rows))
        return
    for name, row in rows.items():
        print(f"{name:14} country {row['country']:.3f}  country and sector {row['country and sector']:.3f}  of {row['of']}")
    print(f"tables in {loading:.2f} s; {1000 * seconds / max(articles, 1):.1f} ms an article of {articles}")
    confusions = collections.Counter((j.told.split()[1], j.said.split()[1]) for j in judged if j.country and not j.both)
    print("sectors mistaken:", ", ".join(f"{a} for {b}: {n}" for (b, a), n in confusions.most_common(12)))


def _share(judged: list[Judged], what: str) -> float:
    return round(sum(getattr(j, what) for j in judged) / len(judged), 4) if judged else 0.0


if __name__ == "__main__":
    main()
