"""The acceptance case, counted out: `python -m benchmarks.acceptance ../shared`.

Reads the case's text and an HTML page that holds it, and checks both records, each check by name: every annotated event (right
in type, actors' and recipients' countries, factuality and asserter at once), every annotated statement (content and speaker), and
the points of `benchmarks/data/acceptance.toml`. The exit status is 1 when the advertisement at the end is read as part of the
story, else 0.
"""

import argparse
import html
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.case import Case, Check, Points, checks
from benchmarks.scorers import load_scorer
from dragoman import Article, Reader
from dragoman.collect import CollectOptions, collect

POINTS = Path(__file__).parent / "data" / "acceptance.toml"


@dataclass(frozen=True)
class Outcome:
    """All checks of one form of the case."""

    form: str
    checks: tuple[Check, ...]

    @property
    def met(self) -> int:
        return sum(check.met for check in self.checks)

    @property
    def advertisement(self) -> Check:
        """The check that must always be met."""
        return self.checks[0]


def outcomes(shared: Path) -> Iterator[Outcome]:
    """The checks of the text and of the page, from a folder that holds `gold` and `eval`."""
    points = Points.load(POINTS)
    scorer = load_scorer(shared / "eval" / "score_articles.py")
    gold = shared / "gold"
    article, label = (json.loads((gold / part / f"{points.article}.json").read_text("utf8")) for part in ("articles", "labels"))
    reader = Reader()
    with tempfile.TemporaryDirectory() as folder:
        for form, path in (("text", _text_file(article, Path(folder))), ("page", _page(article, Path(folder)))):
            collected = _collected(path, article)
            record = json.loads(reader.read(collected).to_json())
            case = Case.of(scorer, _standing_in(article, collected.text), label, record)
            yield Outcome(form, tuple(checks(case, points)))


def _collected(path: Path, article: dict[str, Any]) -> Article:
    options = CollectOptions(published=article["published"], outlet=article["outlet"])
    [found] = collect([str(path)], options)
    if not isinstance(found, Article):
        raise SystemExit(str(found))
    return found


def _text_file(article: dict[str, Any], folder: Path) -> Path:
    path = folder / "story.txt"
    path.write_text(article["text"], "utf8")
    return path


def _page(article: dict[str, Any], folder: Path) -> Path:
    """A page as outlets make them: its story between navigation, notices and footer."""
    title, *paragraphs = (html.escape(line) for line in article["text"].split("\n\n"))
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    path = folder / "story.html"
    path.write_text(
        f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="{html.escape(article["outlet"])}">
<meta property="article:published_time" content="{article["published"]}T08:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a> <a href="/business">Business</a></nav>
<div class="cookie-banner"><p>We use cookies to improve your experience.</p></div>
<article><h1>{title}</h1>
{body}
</article>
<aside><h2>More from us</h2><ul><li><a href="/1">Ten ways to save on your next holiday</a></li></ul></aside>
<footer>All rights reserved.</footer></body></html>""",
        "utf8",
    )
    return path


def _standing_in(article: dict[str, Any], text: str) -> dict[str, Any]:
    """The annotated article with `text` for its own, its sentences where they stand; missing ones are empty, at the end."""
    sentences, at = [], 0
    for start, end in article["sentences"]:
        sentence = article["text"][start:end]
        found = text.find(sentence, at)
        sentences.append([found, found + len(sentence)] if found >= 0 else [len(text), len(text)])
        at = sentences[-1][1] if found >= 0 else at
    return {**article, "text": text, "sentences": sentences}


def show(outcome: Outcome) -> None:
    """Print the checks of one form and how many of them are met."""
    print(f"\n{outcome.form}\n")
    for check in outcome.checks:
        print(f"  {'ok    ' if check.met else 'missed'}  {check.name}{f' — {check.note}' if check.note else ''}")
    print(f"\n{outcome.form}: {outcome.met} of {len(outcome.checks)}")


def main() -> None:
    """Check, print and exit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path, nargs="?", default=Path("../shared"), help="folder that holds gold and eval")
    arguments = parser.parse_args()
    found = list(outcomes(arguments.shared))
    for outcome in found:
        show(outcome)
    met, count = sum(o.met for o in found), sum(len(o.checks) for o in found)
    print(f"\nall: {met} of {count} = {met / count:.2f}")
    sys.exit(0 if all(o.advertisement.met for o in found) else 1)


if __name__ == "__main__":
    main()
