"""What is cut out of a text as no part of its story, and what is left in."""

import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.collect.clean import boilerplate, without_boilerplate

TABLE = tomllib.loads(resources.files("dragoman.collect").joinpath("boilerplate.toml").read_text(encoding="utf-8"))
LINES = [entry["example"] for entry in TABLE["line"]]
INLINE = [entry["example"] for entry in TABLE["inline"]]
STORY = "Ministers meet\n\nThe ministers met in the capital on Monday.\n\n"


def cuts(text: str) -> list[str]:
    return [text[words.start : words.end] for words in boilerplate(text)]


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_the_page_is_cut_whole(line: str) -> None:
    assert cuts(f"{STORY}{line}\n\nThey will meet again in spring, officials said.") == [line]


@pytest.mark.parametrize("example", INLINE)
def test_a_credit_inside_a_paragraph_is_cut_alone(example: str) -> None:
    text = STORY + example
    [cut] = boilerplate(text)
    assert cut.start > len(STORY) + 10
    assert cut.end == len(text)


def test_an_advertisement_glued_to_its_label_is_cut_to_the_end_of_the_text() -> None:
    advertisement = (
        "AdvertisementThe new Example Class has arrived on the latest Example jet Get the best value from your holiday"
    )
    assert without_boilerplate(STORY + advertisement) == STORY.strip()


def test_paragraphs_that_still_sell_go_with_the_advertisement_before_them() -> None:
    advertisement = "AdvertisementFly further\n\nGet 20% off your next trip\n\nExclusive offers for members"
    assert without_boilerplate(STORY + advertisement) == STORY.strip()


def test_the_story_goes_on_after_an_advertisement_in_its_middle() -> None:
    end = "The president then offered to order a free election, an aide said."
    text = f"{STORY}AdvertisementGet 20% off your order today\n\n{end}\n\nThe opposition rejected it."
    assert cuts(text) == ["AdvertisementGet 20% off your order today"]


def test_an_advertisement_glued_to_the_sentence_before_it_is_cut_from_its_label() -> None:
    assert cuts("They denied the claims.AdvertisementThe new Example Class has arrived") == [
        "AdvertisementThe new Example Class has arrived"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement ban announced by government",
        "Advertisements for tobacco were outlawed on Monday.",
        "ADVERTISEMENTS BANNED BY GOVERNMENT",
        "Advertising revenues fell sharply, the ministry said.",
        "Related charges against the minister were dropped.",
        "Read more books, minister tells pupils",
        "Photographs of the killings shocked the country.",
        "Photo: a weapon, said the general. He then ordered the attack.",
        "Copyright law was rejected by parliament on Monday.",
        "Follow the money, investigators were told by the president.",
        "Following talks in Geneva, the two sides agreed on a truce.",
        "Sign up for the army, the president urged young men.",
        "Subscribers were warned by the regulator.",
        "Click chemistry won the Nobel Prize.",
        "Share prices fell after the president threatened sanctions.",
        "Watch out, Moscow warned the alliance.",
        "By signing the treaty, the president agreed to withdraw troops.",
        "Support for the rebels grew after the attack.",
        "The website uses cookies to spy on dissidents, the report alleged.",
        "Reporting by the newspaper showed that the minister had accepted bribes.",
        "Editing by hand, the censors removed all mention of the massacre.",
        "File charges against the rebels, the court told prosecutors.",
        "Library photos show the minister with the rebels.",
        "This article of the constitution was suspended by the junta.",
        "“Click here to see”, the spokesman told reporters.",
        "More than 200 people were arrested.",
        "Contact with the rebels was broken off.",
        "Get out of Syria, the envoy told Washington.",
        "Credit was extended to Kyiv by the bank.",
        "The officer (who had seen a photo by a witness) denied the attack.",
        "Image matters, said the premier.",
        "Comments by the minister angered Beijing.",
    ],
)
def test_a_sentence_of_the_story_stays(line: str) -> None:
    assert cuts(f"{STORY}{line}\n\nThey will meet again in spring, officials said.") == []
    assert cuts(f"{STORY}{line}") == []


def test_the_first_line_stays_whatever_it_looks_like() -> None:
    assert cuts("Watch: Ministers meet in the capital\n\nThey met on Monday.") == []


def test_a_list_of_other_stories_at_the_end_is_cut_with_its_heading() -> None:
    links = "Related stories\n\nMinister resigns over leak\n\nArmy retakes the border town"
    assert cuts(STORY + links) == [links]


def test_a_heading_before_more_of_the_story_cuts_nothing() -> None:
    assert "The army retook the town on Friday." in without_boilerplate(
        STORY + "More on the war\n\nThe army retook the town on Friday."
    )


def test_lines_one_after_the_other_are_one_stretch() -> None:
    assert len(boilerplate(f"{STORY}Read more: Ministers to meet again\n\nSign up for our newsletter\n")) == 1


def test_line_ends_of_windows_are_no_part_of_a_line() -> None:
    assert cuts("Ministers meet\r\n\r\nSign up for our newsletter\r\n\r\nThey met on Monday.\r\n") == [
        "Sign up for our newsletter"
    ]


def test_a_text_without_boilerplate_is_left_as_it_is() -> None:
    text = "  Ministers meet\r\n\r\n\r\n\r\nThey met on Monday.\t\n\n\n"
    assert without_boilerplate(text) == text


PIECES = st.lists(
    st.sampled_from([*LINES, *INLINE, "Advertisement", "AdvertisementThe ", "\n", "\n\n", "\r\n", " ", "“é🙂 ", "Said he. "])
)


@given(PIECES.map("".join) | st.text())
def test_cuts_are_in_order_apart_and_inside_the_text(text: str) -> None:
    found = boilerplate(text)
    edges = [edge for words in found for edge in words]
    assert edges == sorted(edges)
    assert all(0 <= words.start < words.end <= len(text) for words in found)


@given(st.text(alphabet="aA \n\r\t.:(©“Advertisement", max_size=300))
def test_what_stays_was_there_in_that_order(text: str) -> None:
    rest = iter(text)
    assert all(character in rest for character in without_boilerplate(text) if character != "\n")
