"""Sentences read one by one, and their score."""

import json
import subprocess
import sys
from pathlib import Path

from dragoman.record import Record

ROOT = Path(__file__).parent.parent.parent
PAIRS = [
    {
        "id": "p1",
        "text": "Norway accused Vietnam of jailing two journalists.",
        "source": [0, 6],
        "target": [15, 22],
        "type": "ACCUSE",
    },
    {"id": "p2", "text": "Police arrested dozens of protesters.", "source": [0, 6], "target": [16, 36], "type": "COERCE"},
]


def pairs(file: Path, output: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.pairs", str(file), "-o", str(output), *options]
    return subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)


def test_each_sentence_has_its_record_under_its_id_and_the_scorers_table_is_shown(shared, tmp_path):
    file, output = tmp_path / "pairs.jsonl", tmp_path / "records.jsonl"
    file.write_text("".join(json.dumps(p) + "\n" for p in PAIRS), encoding="utf-8")
    done = pairs(file, output, "--scorer", str(shared / "eval" / "score_pairs.py"))
    assert done.returncode == 0, done.stderr
    assert {"pairs", "found", "typed", "exact"} <= {line.split()[0] for line in done.stdout.splitlines() if line}
    records = [Record.model_validate_json(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert [(r.article.id, r.article.text) for r in records] == [(p["id"], p["text"]) for p in PAIRS]


def test_a_missing_scorer_is_named_before_anything_is_read(tmp_path):
    file, output = tmp_path / "pairs.jsonl", tmp_path / "records.jsonl"
    file.write_text("", encoding="utf-8")
    done = pairs(file, output, "--scorer", str(tmp_path / "nowhere.py"))
    assert done.returncode == 1
    assert "nowhere.py: no such scorer" in done.stderr
    assert not output.exists()
