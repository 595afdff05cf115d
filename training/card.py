"""The model card: what the weights are made from, and what they score, by running the benchmarks."""

import gzip
import subprocess
import sys
import tempfile
from pathlib import Path

TEMPLATE = Path(__file__).parent / "card.md"


def write(shared: Path, card: Path) -> None:
    """Fill the card's template with the output of the benchmarks on the dev lists."""
    gold, data = shared / "gold", shared / "data"
    with tempfile.TemporaryDirectory() as folder, gzip.open(Path(__file__).parent / "marks.jsonl.gz") as marks:
        attributions = Path(folder) / "attributions.jsonl"
        figures = {
            "accuracy": _printed(
                "benchmarks.accuracy", gold, "--ids", gold / "dev.txt", "--quiet", gold / "quiet_dev.txt",
                "--texts", data / "geoparsing/gwn.jsonl", "--texts", data / "geoparsing/gwn_dev.jsonl",
            ),
            "attribution": _printed("benchmarks.attribution", data / "attribution/dev.jsonl", "-o", attributions)
            + _printed(shared / "eval/score_attribution.py", data / "attribution/dev.jsonl", attributions),
            "pairs": _printed("benchmarks.pairs", data / "pairs/dev.jsonl", "-o", Path(folder) / "pairs.jsonl"),
            "marked": str(sum(1 for _ in marks)),
        }  # fmt: skip
    text = TEMPLATE.read_text(encoding="utf8")
    for name, printed in figures.items():
        text = text.replace(f"{{{{{name}}}}}", printed.strip())
    card.write_text(text, encoding="utf8")


def _printed(program: str | Path, *arguments: str | Path) -> str:
    """What a benchmark (a module) or a scorer (a file) prints."""
    start = [str(program)] if isinstance(program, Path) else ["-m", program]
    done = subprocess.run([sys.executable, *start, *map(str, arguments)], check=True, capture_output=True, text=True)
    return done.stdout


if __name__ == "__main__":
    write(Path("../shared"), Path("docs/reference/model-card.md"))
