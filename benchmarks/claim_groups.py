"""Score claims on small written groups of articles with known answers: `python -m benchmarks.claim_groups [FOLDER]`.

Each file of the folder holds groups of one kind: articles in a few sentences with their events, by whom they were published,
which events tell one act, which deny which, and what a claim's support, independent backers, factuality and status must be.
Countries, persons, places and outlets are invented.
"""

import argparse
import json
from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from dragoman.ledger.claims import Claim, Outlet, join, tellings
from dragoman.record import Entity, Event, Mention, Place, Record, RecordedArticle, Span, When

FOLDER = Path(__file__).parent / "data" / "claim_groups"
FIGURES = ("support", "independent", "factuality", "status", "against_interest")


@dataclass
class Tally:
    """Hits, answers wanted and answers given, by figure; `wrong` lists what went wrong."""

    hits: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def compare(self, figure: str, wanted: set, given: set, group: str) -> None:
        self.hits[figure] += len(wanted & given)
        self.wanted[figure] += len(wanted)
        self.given[figure] += len(given)
        for what, which in (("missed", wanted - given), ("too much", given - wanted)):
            self.wrong += [f"{group}: {figure} {what}: {_shown(w)}" for w in sorted(which, key=str)]

    def row(self, figure: str) -> str:
        precision = self.hits[figure] / max(1, self.given[figure])
        recall = self.hits[figure] / max(1, self.wanted[figure])
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return f"{figure:18} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  of {self.wanted[figure]}"


def as_record(article: dict) -> Record:
    """A written article as the record that a perfect reader would make of it."""
    text = article["text"]
    parties = {words: code.split() for words, code in article["parties"].items()}
    ids = {words: f"a{n}" for n, words in enumerate(parties, 1)}

    def span(words: str) -> dict:
        start = text.index(words)
        return {"start": start, "end": start + len(words), "text": words}

    def mention(words: str) -> Mention:
        return Mention(**span(words), entity=ids[words])

    def event(told: dict) -> Event:
        return Event(
            id=told["id"],
            type=told["type"],
            mode=told["mode"],
            trigger=Span(**span(told["trigger"])),
            actors=tuple(map(mention, told["actors"])),
            recipients=tuple(map(mention, told["recipients"])),
            factuality=told["factuality"],
            asserter=mention(told["asserter"]) if told["asserter"] else None,
            when=When(date=told["date"]) if told["date"] else None,
            where=Place(**span(told["place"])) if told["place"] else None,
        )

    return Record(
        article=RecordedArticle(id=article["id"], published=article["published"], outlet=article["outlet"]["owner"], text=text),
        entities=tuple(
            Entity(id=ids[w], name=w, country=country, sector=sector, mentions=(Span(**span(w)),))
            for w, (country, sector) in parties.items()
        ),
        events=tuple(map(event, article["events"])),
    )


def joined(group: dict) -> tuple[Claim, ...]:
    """The claims of a group's articles."""
    return join(t for a in group["articles"] for t in tellings(as_record(a), Outlet(**a["outlet"])))


def score(group: dict, claims: tuple[Claim, ...], tally: Tally) -> None:
    """Compare claims with what is known of the group."""
    of = {t.key: c for c in claims for t in c.tellings}
    wanted = {frozenset(p) for c in group["claims"] for p in combinations(c, 2)}
    given = {frozenset(p) for c in claims for p in combinations([t.key for t in c.tellings], 2)}
    tally.compare("pairs", wanted, given, group["group"])
    tied = {(denial, of[told].id) for denial, told in group["disputes"]}
    tally.compare("denials", tied, {(d.key, c.id) for c in claims for d in c.disputed_by}, group["group"])
    apart = {tuple(p) for p in group["near_misses"]}
    tally.compare("kept apart", apart, {p for p in apart if of[p[0]] is not of[p[1]]}, group["group"])
    for expected in group["expected"]:
        claim = of[expected["event"]]
        for figure in FIGURES:
            if figure in expected:
                right, found = expected[figure], getattr(claim, figure)
                found = list(found) if isinstance(found, tuple) else found
                answer = (expected["event"], str(right)), (expected["event"], str(found))
                tally.compare(figure, {answer[0]}, {answer[1]}, group["group"])


def _shown(answer: object) -> str:
    return " = ".join(sorted(map(str, answer))) if isinstance(answer, frozenset) else str(answer)


def main() -> None:
    """Join and score all groups."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--wrong", action="store_true", help="list what went wrong")
    arguments = parser.parse_args()
    groups = [g for p in sorted(arguments.folder.glob("*.json")) for g in json.loads(p.read_text("utf8"))]
    tally = Tally()
    for group in groups:
        score(group, joined(group), tally)
    print(f"{len(groups)} groups")
    for figure in ("pairs", "denials", "kept apart", *FIGURES):
        print(tally.row(figure))
    if arguments.wrong:
        print(*tally.wrong, sep="\n")


if __name__ == "__main__":
    main()
