"""Magnitudes told with an act."""

import pytest

from dragoman.mark.marks import Words
from dragoman.resolve.numbers import find_numbers


def numbers(text: str, trigger: str) -> list[tuple[str | None, float | None, str | None]]:
    at = text.index(trigger)
    return [(n.text, n.value, n.what) for n in find_numbers(text, Words(at, at + len(trigger)), Words(0, len(text)))]


def told(text: str, trigger: str) -> list[tuple[float | None, str | None]]:
    return [(value, what) for _, value, what in numbers(text, trigger)]


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Three people were killed and 20 wounded.", "killed", [(3, "killed"), (20, "injured")]),
        ("The blast left at least 12 dead.", "blast", [(12, "killed")]),
        ("The attack killed three soldiers and injured 20 others.", "attack", [(3, "killed"), (20, "injured")]),
        ("A bomb went off, killing 14 and wounding dozens.", "bomb", [(14, "killed"), (24, "injured")]),
        ("Police arrested more than 1,000 protesters on Sunday.", "arrested", [(1000, "arrested")]),
        ("Some 300 people were detained in Minsk.", "detained", [(300, "arrested")]),
        ("Tens of thousands of protesters marched through the capital.", "marched", [(20_000, "participants")]),
        ("Scores of demonstrators were arrested.", "arrested", [(40, "arrested")]),
        ("North Korea delivered more than 1,000 containers of munitions.", "delivered", [(1000, "items")]),
        ("It approved a $1.3 billion sale of missiles.", "sale", [(1.3e9, "money")]),
        ("The EU pledged 500 million euros in aid.", "pledged", [(5e8, "money")]),
        ("The death toll rose to 50.", "death toll", [(50, "killed")]),
        ("Twenty-five people died in the shelling.", "shelling", [(25, "killed")]),
        ("Two hundred soldiers were killed.", "killed", [(200, "killed")]),
        ("Half a million people protested.", "protested", [(500_000, "participants")]),
        ("One person was killed.", "killed", [(1, "killed")]),
    ],
)
def test_a_number_tells_what_it_counts(text: str, trigger: str, expected: list[tuple[float, str]]) -> None:
    assert told(text, trigger) == expected


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("He was arrested in 2019.", "arrested"),
        ("The ministers met on March 3.", "met"),
        ("The talks lasted three days.", "talks"),
        ("Turnout fell by 12 percent.", "fell"),
        ("The 34-year-old was arrested.", "arrested"),
        ("They met at 5 p.m. in Geneva.", "met"),
        ("One of the ministers resigned.", "resigned"),
        ("Troops advanced 20 kilometers.", "advanced"),
        ("Resolution 2231 was adopted.", "adopted"),
    ],
)
def test_dates_ages_measures_and_shares_are_no_magnitudes(text: str, trigger: str) -> None:
    assert numbers(text, trigger) == []


def test_the_words_keep_what_makes_a_number_vague() -> None:
    assert numbers("At least 12 people were killed.", "killed")[0][0] == "At least 12"


def test_numbers_of_another_sentence_are_left_alone() -> None:
    text = "Five people were killed. The minister resigned."
    at = text.index("resigned")
    assert find_numbers(text, Words(at, at + 8), Words(25, len(text))) == ()
