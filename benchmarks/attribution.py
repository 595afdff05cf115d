"""Mark attributions in the attribution corpus's own scheme: attribution.py FILE -o PRED.jsonl, for its scorer to read."""

import argparse
import json
from pathlib import Path
from typing import Any

from dragoman.mark.marker import Marker
from dragoman.mark.marks import Words


def record(marker: Marker, article: dict[str, Any]) -> dict[str, Any]:
    """A record whose statements are the article's attributions."""
    text = article["text"]
    statements = []
    for i, found in enumerate(marker.attributions(text)):
        statements.append(
            {
                "id": f"s{i + 1}",
                "speaker": _span(found.source) if found.source else None,
                "cue": _span(found.cue) if found.cue else None,
                "content": [_span(c) for c in found.content],
                "confidence": found.confidence,
            }
        )
    return {"article": {"id": article["id"], "text": text}, "events": [], "statements": statements}


def _span(words: Words) -> dict[str, int]:
    return {"start": words.start, "end": words.end}


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("file", type=Path, help="articles as JSON Lines with id and text")
    ap.add_argument("-o", "--output", type=Path, required=True)
    a = ap.parse_args()
    marker, seen = Marker(), 0
    with a.file.open(encoding="utf8") as articles, a.output.open("w", encoding="utf8") as out:
        for line in articles:
            if line.strip():
                out.write(json.dumps(record(marker, json.loads(line)), ensure_ascii=False) + "\n")
                seen += 1
    print(f"{seen} articles -> {a.output}")


if __name__ == "__main__":
    main()
