"""Geocoding: `python -m benchmarks.geocoding FILE.jsonl [-o PRED.jsonl] [--find]` places the place words of each article.

FILE holds `{"id", "title", "text", "places": [{"start", "end", "lat", "lon"}]}` a line. PRED is what `score_places.py` reads.
The table gives, by the kind that was predicted, how many lie within 161 km and their median distance; `--find` lets the gazetteer
find the words itself.
"""

import argparse
import json
import math
import statistics
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from dragoman.mark.marks import Words
from dragoman.record import Place
from dragoman.resolve.places import PlaceContext, find_place_words, resolve_places

NEAR_KM = 161.0


def km_between(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance in kilometres."""
    p, q = math.radians(lat), math.radians(other_lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def predicted(article: dict[str, Any], find: bool) -> tuple[Place, ...]:
    """The places of one article, of its given words or of those found in it."""
    text = article["text"]
    words = find_place_words(text) if find else [Words(p["start"], p["end"]) for p in article["places"]]
    return resolve_places(text, words, PlaceContext(title=article.get("title")))


def distances_by_kind(articles: list[dict[str, Any]], predictions: list[tuple[Place, ...]]) -> dict[str, list[float]]:
    """Distances of the told places, by the kind that was predicted; infinite where nothing was."""
    distances: dict[str, list[float]] = defaultdict(list)
    for article, places in zip(articles, predictions, strict=True):
        for told in article["places"]:
            if told["lat"] is None:
                continue
            over = [p for p in places if p.lat is not None and p.start < told["end"] and told["start"] < p.end]
            best = min(over, key=lambda p: abs(p.start - told["start"]) + abs(p.end - told["end"]), default=None)
            kind = (best.kind or "none") if best else "none"
            distances[kind].append(km_between(told["lat"], told["lon"], best.lat, best.lon) if best else math.inf)
    return distances


def table(distances: dict[str, list[float]]) -> str:
    """Rows of kind, count, share within 161 km and median distance."""
    lines = [f"{'kind':10} {'places':>7} {'within161':>10} {'median km':>10}"]
    every = [d for of in distances.values() for d in of]
    for kind, of in [*sorted(distances.items()), ("all", every)]:
        finite = [d for d in of if d < math.inf]
        near = sum(d <= NEAR_KM for d in of) / max(1, len(of))
        lines.append(f"{kind:10} {len(of):7} {near:10.3f} {statistics.median(finite) if finite else math.nan:10.1f}")
    return "\n".join(lines)


def main() -> None:
    """Read, place, write, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--find", action="store_true", help="find the place words, too")
    arguments = parser.parse_args()
    articles = [json.loads(line) for line in arguments.file.read_text("utf8").splitlines() if line.strip()]
    began = time.perf_counter()
    predictions = [predicted(article, arguments.find) for article in articles]
    seconds = time.perf_counter() - began
    if arguments.output:
        with arguments.output.open("w", encoding="utf8") as out:
            for article, places in zip(articles, predictions, strict=True):
                out.write(
                    json.dumps({"id": article["id"], "places": [p.model_dump() for p in places]}, ensure_ascii=False) + "\n"
                )
    words = sum(len(article["text"].split()) for article in articles)
    print(table(distances_by_kind(articles, predictions)))
    print(f"{seconds / words * 400e3:.2f} ms an article of 400 words, load included; {len(articles)} articles, {words} words")


if __name__ == "__main__":
    main()
