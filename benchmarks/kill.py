"""Kills `dragoman ingest` with SIGKILL at random moments and finishes the job; prints a table.

    python -m benchmarks.kill RECORDS.jsonl [--kills 200] [--articles 100] [--sources ARTICLES.jsonl --source-kills 10]

After each kill the ledger must open, pass `PRAGMA integrity_check` and `dragoman check`, and the same command, run again to
its end, must give the same sorted JSON Lines of articles, events and claims as a run that nobody disturbed, but for the
clock. Moments are even over the time that an undisturbed run takes, from a fixed seed.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.ledger.database import LedgerError
from dragoman.ledger.store import Ledger

_SEED = 7


@dataclass(frozen=True)
class Trial:
    """A way of ingesting that is killed `kills` times."""

    name: str
    arguments: tuple[str, ...]
    kills: int


@dataclass(frozen=True)
class Result:
    """What came of a trial: kills that met the run at work, ledgers that opened soundly, ledgers that were finished alike."""

    name: str
    kills: int
    hit: int
    sound: int
    alike: int


def main() -> int:
    """Run the benchmark; exit status 1 where a ledger was not sound or not alike."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--sources", type=Path)
    parser.add_argument("--source-kills", type=int, default=10)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        some = Path(folder) / "records.jsonl"
        with asked.records.open(encoding="utf-8") as lines:
            some.write_text("".join(line for line, _ in zip(lines, range(asked.articles), strict=False)), encoding="utf-8")
        trials = [Trial("records", ("--records", str(some)), asked.kills)]
        if asked.sources:
            trials.append(Trial("reading", (str(asked.sources),), asked.source_kills))
        results = [_tried(trial, Path(folder)) for trial in trials]
    print("| ingest of | kills | while at work | sound | finished alike |\n| --- | ---: | ---: | ---: | ---: |")
    for result in results:
        print(f"| {result.name} | {result.kills} | {result.hit} | {result.sound} | {result.alike} |")
    return 0 if all(result.kills == result.sound == result.alike for result in results) else 1


def _tried(trial: Trial, folder: Path) -> Result:
    undisturbed = folder / "undisturbed"
    began = time.monotonic()
    subprocess.run(_command(trial.arguments, undisturbed), check=True, stderr=subprocess.DEVNULL)
    takes = time.monotonic() - began
    wanted = _lines(undisturbed)
    chance = random.Random(_SEED)
    hit = sound = alike = 0
    for at in range(trial.kills):
        place = folder / "killed"
        place.mkdir()
        ledger = place / "news.ledger"
        hit += _killed(_command(trial.arguments, ledger), chance.uniform(0, takes))
        sound += not ledger.exists() or _is_sound(ledger)
        subprocess.run(_command(trial.arguments, ledger), check=True, stderr=subprocess.DEVNULL)
        alike += _is_sound(ledger) and _lines(ledger) == wanted
        shutil.rmtree(place)
        print(f"{trial.name}: {at + 1} of {trial.kills}, {sound} sound, {alike} alike", end="\r", file=sys.stderr, flush=True)
    undisturbed.unlink()
    print(file=sys.stderr)
    return Result(trial.name, trial.kills, hit, sound, alike)


def _command(arguments: Sequence[str], ledger: Path) -> list[str]:
    return [str(Path(sys.executable).with_name("dragoman")), "ingest", *arguments, "--ledger", str(ledger)]


def _killed(command: list[str], after: float) -> bool:
    """Kills the command after so many seconds; False where it had ended before."""
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
        try:
            running.wait(after)
        except subprocess.TimeoutExpired:
            running.kill()
            return True
    return False


def _is_sound(path: Path) -> bool:
    """A file that was killed before its tables were made is an empty ledger, and sound."""
    try:
        with Ledger.open(path) as ledger:
            return not ledger.faults()
    except LedgerError as error:
        return "is empty" in str(error)


def _lines(path: Path) -> list[str]:
    with Ledger.open(path) as ledger:
        articles = [json.dumps({**line.model_dump(), "added": None}) for line in ledger.articles()]
        return sorted([*articles, *(e.to_json() for e in ledger.events()), *(c.to_json() for c in ledger.claims())])


if __name__ == "__main__":
    sys.exit(main())
