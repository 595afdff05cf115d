"""Speed on one core: `python -m benchmarks.speed GOLD_DIR`.

GOLD_DIR holds `articles/*.json`, whose texts are joined and cut to articles of 400 words. Measured is the time of reading over
that of the bare encoder on the same word pieces, in turn for one article after the other, so that the machine's moods meet both
alike. For information: the part of resolving, articles a second, memory, and `dragoman read one.txt` as a process of its own.
"""

import argparse
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from subprocess import DEVNULL

import onnxruntime

from dragoman import Article, Reader
from dragoman.mark.encoder import Encoder
from dragoman.mark.windows import MAX_PIECES, TokenizedText, Window, piece_range
from dragoman.resolve import resolve

WORDS = 400
"""Words of an article."""

STARTS = 5
"""Processes started for the time of a cold start; the median counts."""

DATE, OUTLET = "2023-10-19", "The Harbour Gazette"


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds that one article took: as a whole, in the bare encoder alone, and from marks to record."""

    reading: float
    encoding: float
    resolving: float
    pieces: int


class BareEncoder:
    """The encoder without heads, over plain windows without overlap, through the reader's own session."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._options = onnxruntime.RunOptions()
        self._options.only_execute_path_to_fetches = True

    def run(self, text: TokenizedText) -> None:
        """Encode each piece once."""
        for window in _plain_windows(text):
            first = text.first_piece[window.start : window.end]
            inputs = {"pieces": self._encoder.pieces.piece_ids(text, window)[None], "first_piece": first - first[0] + 1}
            self._encoder._words.run(["words"], inputs, self._options)


def _plain_windows(text: TokenizedText) -> Iterator[Window]:
    """As few windows as hold all words, of about equal length."""
    count = -(-len(text.pieces) // (MAX_PIECES - 10))
    start = 0
    for _ in range(count):
        target = len(text.pieces) / count
        end = start
        while end < len(text.words) and piece_range(text, start, end)[1] - piece_range(text, start, start)[1] < target:
            end += 1
        yield Window(start, end, start, end)
        start = end


def articles_of(folder: Path, count: int, words: int = WORDS) -> list[Article]:
    """Articles of a number of words, out of the folder's texts joined and cut."""
    texts = [json.loads(path.read_text("utf8"))["text"] for path in sorted((folder / "articles").glob("*.json"))]
    if not texts:
        raise SystemExit(f"{folder}: no articles/*.json in it")
    stretches = re.finditer(rf"(?:\S+\s+){{{words}}}", "\n\n".join(texts) + "\n")
    return [
        Article(id=f"article-{i}", text=found.group().strip(), published=DATE, outlet=OUTLET)
        for i, found in enumerate(islice(stretches, count))
    ]


def time_articles(articles: Iterable[Article], reader: Reader, rounds: int) -> list[Timed]:
    """Each article read, bare encoded and resolved in turn, `rounds` times; of each the best time counts."""
    marker, bare = reader._marker, BareEncoder(reader._marker.encoder)
    timed = []
    for article in articles:
        text, marks = marker.encoder.pieces.tokenize(article.text), marker.mark(article.text)
        steps = (partial(reader.read, article), partial(bare.run, text), partial(resolve, article, marks))
        taken = [[_seconds(step) for step in steps] for _ in range(rounds)]
        timed.append(Timed(*map(min, zip(*taken, strict=True)), len(text.pieces)))
    return timed


def _seconds(step: Callable[[], object]) -> float:
    began = time.perf_counter()
    step()
    return time.perf_counter() - began


def start_seconds(article: Article) -> float:
    """Median time of `dragoman read one.txt` as a process of its own, its files already in the system's cache."""
    script = Path(sys.executable).with_name("dragoman")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.txt"
        path.write_text(article.text, "utf8")
        took = [_seconds(partial(subprocess.run, [script, "read", path], check=True, stdout=DEVNULL)) for _ in range(STARTS + 1)]
    return statistics.median(took[1:])


def peak_memory() -> float:
    """Largest resident size of this process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


def on_one_core() -> None:
    """Keep this process and its children on one core where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def show(timed: Sequence[Timed], memory: float, start: float) -> None:
    """Print the table."""
    reading, encoding, resolving = (sum(getattr(t, name) for t in timed) for name in ("reading", "encoding", "resolving"))
    pieces = sum(t.pieces for t in timed)
    ratios = sorted(t.reading / t.encoding for t in timed)
    print(f"One core, {len(timed)} articles of {WORDS} words, {pieces / len(timed):.0f} word pieces each\n")
    print("| figure | value |\n| --- | --- |")
    print(f"| reading over bare encoding | {reading / encoding:.2f} |")
    print(f"| the same, single articles: median, largest | {statistics.median(ratios):.2f}, {ratios[-1]:.2f} |")
    print(f"| for information: resolving over the rest of reading | {resolving / (reading - resolving):.2f} |")
    print(f"| for information: articles a second | {len(timed) / reading:.1f} |")
    print(f"| for information: word pieces a second, bare encoder | {pieces / encoding:.0f} |")
    print(f"| for information: peak memory of this process | {memory:.0f} MB |")
    print(f"| for information: `dragoman read one.txt` as a process | {start:.2f} s |")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path, help="folder with articles/*.json")
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    on_one_core()
    articles = articles_of(arguments.gold, arguments.articles)
    reader = Reader()
    reader.read(articles[0])
    timed = time_articles(articles, reader, arguments.rounds)
    memory = peak_memory()
    show(timed, memory, start_seconds(articles[0]))


if __name__ == "__main__":
    main()
