"""Where sentences begin and end in news prose, and in any other text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.mark.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text)]


class TestFullStops:
    def test_a_stop_before_a_capital_ends_a_sentence(self):
        assert sentences("They met. Then they parted.") == ["They met.", "Then they parted."]

    def test_question_and_exclamation_marks_end_sentences_too(self):
        assert sentences("Will he go? No! He stays… They know.") == ["Will he go?", "No!", "He stays…", "They know."]

    def test_a_stop_before_a_small_letter_does_not(self):
        assert sentences("The firm acme.example vs. its rival, etc. and so on.") == [
            "The firm acme.example vs. its rival, etc. and so on."
        ]

    def test_a_figure_with_a_point_stays_whole(self):
        assert sentences("It rose by 3.5 percent. Nobody knew why.") == ["It rose by 3.5 percent.", "Nobody knew why."]

    def test_a_sentence_may_begin_with_a_figure(self):
        assert sentences("The bomb went off. 12 people died.") == ["The bomb went off.", "12 people died."]


class TestAbbreviations:
    @pytest.mark.parametrize(
        "name", ["Mr. Li", "Gen. Ahmed", "Sen. Diaz", "Lt. Gen. Park", "St. Petersburg", "Feb. 6", "No. 10", "Prof. Dr. Oz"]
    )
    def test_a_title_or_short_form_belongs_to_what_follows(self, name):
        assert sentences(f"They saw {name} there. He waved.") == [f"They saw {name} there.", "He waved."]

    def test_initials_belong_to_a_name(self):
        assert sentences("George W. Bush met J. K. Doe. They talked.") == ["George W. Bush met J. K. Doe.", "They talked."]

    def test_initials_of_a_country_end_a_sentence_only_before_a_new_beginning(self):
        assert sentences("He is in the U.S. The visit is short.") == ["He is in the U.S.", "The visit is short."]
        assert sentences("The U.S. Senate voted.") == ["The U.S. Senate voted."]

    def test_a_time_of_day_ends_a_sentence_only_before_a_new_beginning(self):
        assert sentences("It began at 5 p.m. The hall was full.") == ["It began at 5 p.m.", "The hall was full."]
        assert sentences("It began at 5 p.m. Monday.") == ["It began at 5 p.m. Monday."]

    def test_a_common_word_that_looks_like_a_short_form_ends_its_sentence(self):
        assert sentences("The minister said no. Norway left.") == ["The minister said no.", "Norway left."]
        assert sentences("They sat in the sun. Iran waited.") == ["They sat in the sun.", "Iran waited."]


class TestQuotations:
    @pytest.mark.parametrize("quoted", ["“We agree.”", '"We agree."', "‘We agree.’", "(We agree.)"])
    def test_a_closing_mark_stays_with_its_sentence(self, quoted):
        assert sentences(f"{quoted} They left.") == [quoted, "They left."]

    def test_a_sentence_may_begin_with_an_opening_mark(self):
        assert sentences("He left. “We agree,” she said.") == ["He left.", "“We agree,” she said."]

    def test_what_is_said_and_who_says_it_stay_together(self):
        assert sentences("“Never!” he said. “Will you go?” asked she.") == ["“Never!” he said.", "“Will you go?” asked she."]


class TestLines:
    @pytest.mark.parametrize("line_end", ["\n", "\r\n", "\n\n", " \n \n\t", "\r\n\r\n"])
    def test_a_line_break_always_ends_a_sentence(self, line_end):
        assert sentences(f"Ministers meet{line_end}they met on Monday") == ["Ministers meet", "they met on Monday"]

    @pytest.mark.parametrize("text", ["", " ", "\n\n", " \r\n\t"])
    def test_nothing_but_blanks_has_no_sentence(self, text):
        assert sentences(text) == []

    def test_a_text_without_a_letter_is_one_sentence(self):
        assert sentences("....") == ["...."]


@given(st.text() | st.text(alphabet="aA1.!?…\"'“”’()[ \n\r\té\u0301\u3000"))
def test_sentences_are_in_order_trimmed_and_hold_all_that_is_not_blank(text):
    found = split_sentences(text)
    at = 0
    for sentence in found:
        assert sentence.start >= at
        assert not text[at : sentence.start].strip()
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end] != ""
        at = sentence.end
    assert not text[at:].strip()


@pytest.mark.parametrize("end", ["B", ". B"])
@pytest.mark.parametrize("piece", [".", "Mr. ", "a", '."', ". (", " ", "\n", "A."])
def test_a_monotonous_text_takes_no_longer_for_its_monotony(piece, end):
    text = piece * (100_000 // len(piece)) + end
    began = time.perf_counter()
    split_sentences(text)
    assert time.perf_counter() - began < 2
