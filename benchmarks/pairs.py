"""Read single sentences and score them against marked pairs: `python -m benchmarks.pairs FILE -o PRED.jsonl`.

FILE holds one pair a line with `id` and `text`. The scorer is `score_pairs.py` of the folder `eval` beside the data.
"""

import argparse
import json
from pathlib import Path

from benchmarks.scorers import load_scorer
from dragoman import Article, Reader


def read_sentences(file: Path, output: Path) -> int:
    """Write the record of each sentence; how many there were."""
    reader, seen = Reader(), 0
    with file.open(encoding="utf8") as lines, output.open("w", encoding="utf8") as out:
        for line in filter(str.strip, lines):
            pair = json.loads(line)
            out.write(reader.read(Article(id=pair["id"], text=pair["text"])).to_json() + "\n")
            seen += 1
    return seen


def _scorer_beside(file: Path) -> Path:
    return file.resolve().parent.parent.parent / "eval" / "score_pairs.py"


def _loaded(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf8").splitlines() if line.strip()]


def main() -> None:
    """Read, write and score."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="pairs as JSON Lines")
    parser.add_argument("-o", "--output", type=Path, required=True, help="where the records go")
    parser.add_argument("--scorer", type=Path, help="score_pairs.py; by default the one beside the data")
    arguments = parser.parse_args()
    scorer = load_scorer(arguments.scorer or _scorer_beside(arguments.file))
    print(f"{read_sentences(arguments.file, arguments.output)} sentences -> {arguments.output}\n")
    for name, value in scorer.score(_loaded(arguments.file), _loaded(arguments.output)).items():
        print(f"{name:16} {value}")


if __name__ == "__main__":
    main()
