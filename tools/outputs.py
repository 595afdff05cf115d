"""Runs the examples of README.md and docs/, and writes what they print under them.

    python tools/outputs.py          writes the outputs anew
    python tools/outputs.py --check  only runs everything; exit status 1 when a command or a Python example fails

A block fenced as `console` holds commands, each on a line that begins with `$ `, and their output. The blocks of a page
fenced as `python` are run one after another, those with `>>>` as doctests. All run in a folder that holds nothing but
`articles.jsonl` (the bundled sample articles) and `story.txt` (the text of one of them).
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from dragoman.samples import sample_articles

ROOT = Path(__file__).parent.parent
STORY = "sample-sergeant-freed"
_BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def pages() -> list[Path]:
    """README.md and all pages of the documentation."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def with_outputs(page: str, folder: Path) -> str:
    """The page with the output of each of its console blocks written anew.

    Raises subprocess.CalledProcessError for a command or a Python example that fails.
    """
    python = [block[2] for block in _BLOCK.finditer(page) if block[1] == "python"]
    _run_python("".join(block for block in python if ">>> " not in block), folder)
    _run_doctests("\n".join(block for block in python if ">>> " in block), folder)
    return _BLOCK.sub(lambda block: block[0] if block[1] == "python" else _console(block[2], folder), page)


def example_folder(folder: Path) -> Path:
    """Fills the folder with what the examples read."""
    shutil.copy(sample_articles(), folder / "articles.jsonl")
    articles = map(json.loads, sample_articles().read_text(encoding="utf-8").splitlines())
    story = next(article for article in articles if article["id"] == STORY)
    (folder / "story.txt").write_text(story["text"], encoding="utf-8")
    return folder


def _run_python(code: str, folder: Path) -> None:
    if code:
        subprocess.run([sys.executable, "-c", code], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def _run_doctests(session: str, folder: Path) -> None:
    if session:
        (folder / "session.txt").write_text(session, encoding="utf-8")
        subprocess.run([sys.executable, "-m", "doctest", "session.txt"], cwd=folder, check=True, stdout=sys.stderr)


def _console(block: str, folder: Path) -> str:
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "```console\n" + "".join(f"{command}\n{_run(command[2:], folder)}" for command in commands) + "```"


def _run(command: str, folder: Path) -> str:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "COLUMNS": "110"}
    command = f"set -eo pipefail; {command}"
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.rstrip().splitlines())


def main() -> int:
    """Runs all examples; the number of pages whose examples fail."""
    failed = 0
    for page in pages():
        before = page.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            try:
                after = with_outputs(before, example_folder(Path(folder)))
            except subprocess.CalledProcessError as error:
                print(f"{page.relative_to(ROOT)}: exit status {error.returncode}: {error.cmd[-1]}", file=sys.stderr)
                failed += 1
                continue
        if after != before and "--check" not in sys.argv:
            page.write_text(after, encoding="utf-8")
            print(f"{page.relative_to(ROOT)}: outputs written")
    return failed


if __name__ == "__main__":
    sys.exit(min(main(), 1))
