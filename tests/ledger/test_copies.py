import random

import pytest

from dragoman.ledger.copies import Signature, are_copies, credits, signature

WORDS = [f"{a}{b}" for a in "ka le mi no pu ra se ti vo wu".split() for b in "bar den fol gun hist jor lam nek prot sil".split()]


def story(seed: int, paragraphs: int = 8) -> str:
    chance = random.Random(seed)
    return "\n\n".join(" ".join(chance.choices(WORDS, k=45)) + "." for _ in range(paragraphs))


def copies(one: str, other: str) -> bool:
    first, second = signature(one), signature(other)
    assert first
    assert second
    return are_copies(first, second)


def paragraphs(text: str) -> list[str]:
    return text.split("\n\n")


def test_a_text_with_another_headline_is_a_copy():
    assert copies("Envoys meet in the capital\n\n" + story(1), "Talks begin\n\n" + story(1))


def test_a_text_whose_tail_is_cut_is_a_copy():
    assert copies(story(2), "\n\n".join(paragraphs(story(2))[:4]))


def test_reordered_paragraphs_make_a_copy():
    assert copies(story(3), "\n\n".join(reversed(paragraphs(story(3)))))


def test_a_text_with_a_paragraph_put_in_is_a_copy():
    lines = paragraphs(story(4))
    assert copies(story(4), "\n\n".join([*lines[:3], story(5, 1), *lines[3:]]))


def test_two_stories_that_share_a_background_paragraph_are_no_copies():
    background = story(6, 1)
    assert not copies(story(7) + "\n\n" + background, story(8) + "\n\n" + background)


def test_capitals_and_punctuation_do_not_matter():
    assert copies(story(9), story(9).upper().replace(".", "!"))


def test_copies_meet_in_a_band():
    whole, cut = signature(story(10)), signature("\n\n".join(paragraphs(story(10))[:5]))
    assert whole
    assert cut
    assert set(whole.bands()) & set(cut.bands())


def test_a_stored_signature_is_the_same():
    made = signature(story(11))
    assert made
    again = Signature.from_bytes(made.to_bytes())
    assert again.runs == made.runs
    assert again.bands() == made.bands()


def test_a_line_is_too_short_to_have_near_copies():
    assert signature("Ministers met in the capital on Monday.") is None


@pytest.mark.parametrize(
    "head",
    ["LONDON (Reuters) - Ministers met.", "Talks begin\n\nLONDON, Oct 19 (Reuters) — Ministers met.", "They met. (Reuters)"],
)
def test_a_credited_agency_is_found_at_the_head(head: str):
    assert "Reuters" in credits(head)
