"""Dates: `python -m benchmarks.dates FILE` scores time words against what they mean.

FILE is a table of expressions (`benchmarks/data/time_expressions.csv`), or a folder in the form of the gold with `articles`
and `labels`, whose `when` texts are resolved against `published`; `--skip IDS` leaves out the articles listed in a file, `--ids
IDS` takes those alone.
"""

import argparse
import csv
import datetime
import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.resolve.dates import Resolved, TimeContext, resolve_time


@dataclass(frozen=True, slots=True)
class Told:
    """Time words with their circumstances and the right answer."""

    words: str
    published: datetime.date | None
    context: TimeContext
    answer: Resolved | None
    kind: str


def told_in_table(path: Path) -> Iterator[Told]:
    """The rows of a table of expressions."""
    with path.open(encoding="utf8") as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            timeline = tuple(Resolved(d, u or None) for d, _, u in (t.partition("/") for t in row["timeline"].split()))
            yield Told(
                row["words"],
                datetime.date.fromisoformat(row["published"]) if row["published"] else None,
                TimeContext(row["factuality"], timeline),
                Resolved(row["date"], row["until"] or None) if row["date"] else None,
                row["kind"],
            )


def told_in_gold(folder: Path, skip: set[str], ids: set[str] | None) -> Iterator[Told]:
    """The dated time words of annotated articles; the timeline is that of the answers given before, in the annotation's order."""
    for path in sorted((folder / "labels").glob("*.json")):
        label = json.loads(path.read_text("utf8"))
        if label["doc"] in skip or (ids is not None and label["doc"] not in ids):
            continue
        article = json.loads((folder / "articles" / path.name).read_text("utf8"))
        published = datetime.date.fromisoformat(article["published"][:10]) if article.get("published") else None
        timeline: tuple[Resolved, ...] = ()
        before = ""
        for event in label["events"]:
            when = event.get("when")
            if when and when.get("date") and when.get("text"):
                context = TimeContext(event["factuality"], timeline[:-1] if when["text"] == before else timeline)
                yield Told(
                    when["text"], published, context, Resolved(when["date"]), "published" if published else "no publication"
                )
                said = resolve_time(when["text"], published, context)
                if said and when["text"] != before:
                    timeline, before = (*timeline, said), when["text"]


def right(answer: Resolved | None, said: Resolved | None, lenient: bool) -> bool:
    """Whether an answer is the told one; lenient: a day inside a said range of a month at most, as score_articles counts."""
    if answer == said:
        return True
    if not lenient or not answer or not said:
        return False
    return said.date == answer.date or bool(
        said.until and len(answer.date) == len(said.date) == 10 and said.date <= answer.date <= said.until
    )


def main() -> None:
    """Score and list what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--skip", type=Path, help="file of article ids to leave out")
    parser.add_argument("--ids", type=Path, help="file of article ids to take")
    parser.add_argument("--quiet", action="store_true", help="do not list errors")
    arguments = parser.parse_args()
    skip = set(arguments.skip.read_text().split()) if arguments.skip else set()
    ids = set(arguments.ids.read_text().split()) if arguments.ids else None
    gold = arguments.file.is_dir()
    every = list(told_in_gold(arguments.file, skip, ids) if gold else told_in_table(arguments.file))
    count: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    for told in every:
        said = resolve_time(told.words, told.published, told.context)
        count[told.kind] += 1
        if right(told.answer, said, lenient=gold):
            hits[told.kind] += 1
        elif not arguments.quiet:
            print(f"{told.words!r} of {told.published} ({told.context.factuality}): {told.answer} but said {said}")
    began = time.perf_counter()
    for told in every:
        resolve_time(told.words + " ", told.published, told.context)
    each = (time.perf_counter() - began) / max(1, len(every)) * 1e6
    for kind in sorted(count):
        print(f"{kind:16} {hits[kind]:5} of {count[kind]:5}")
    print(f"{'all':16} {hits.total():5} of {count.total():5}  {hits.total() / max(1, count.total()):.3f}   {each:.0f} µs each")


if __name__ == "__main__":
    main()
