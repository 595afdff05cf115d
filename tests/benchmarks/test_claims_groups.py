"""The written groups of articles: what the figures must be."""

import json


def test_written_groups_of_articles_add_up_as_told():
    from benchmarks.claim_groups import FOLDER, Tally, joined, score

    groups = [g for p in sorted(FOLDER.glob("*.json")) for g in json.loads(p.read_text("utf8"))]
    tally = Tally()
    for group in groups:
        score(group, joined(group), tally)
    assert len(groups) >= 80
    assert 2 * tally.hits["pairs"] >= 0.85 * (tally.wanted["pairs"] + tally.given["pairs"])
    assert tally.hits["denials"] >= 0.7 * tally.wanted["denials"]
    assert tally.hits["denials"] >= 0.8 * tally.given["denials"]
    for figure in ("support", "independent"):
        assert tally.hits[figure] >= 0.9 * tally.wanted[figure]
