"""Direct, indirect and mixed statements, told apart by their quotation marks."""

import pytest

from dragoman.mark.marks import Words
from dragoman.mark.quotations import statement_kind


def kind(text: str, *outside: str) -> str:
    """Kind of the statement whose content stands between ⟦ and ⟧."""
    start, end = text.index("⟦"), text.index("⟧") - 1
    plain = text.replace("⟦", "").replace("⟧", "")
    left_out = [Words(plain.index(words), plain.index(words) + len(words)) for words in outside]
    return statement_kind(plain, [Words(start, end)], left_out)


class TestKinds:
    @pytest.mark.parametrize("opening, closing", [("“", "”"), ('"', '"'), ("«", "»")])
    def test_words_in_quotation_marks_are_direct_with_their_marks_or_without(self, opening, closing):
        assert kind(f"⟦{opening}We agree,{closing}⟧ she said.") == "direct"
        assert kind(f"She said {opening}⟦we agree⟧{closing}.") == "direct"

    @pytest.mark.parametrize("opening, closing", [("“", "”"), ('"', '"')])
    def test_quoted_words_among_others_are_mixed(self, opening, closing):
        assert kind(f"She said ⟦that both were {opening}ready to agree{closing}⟧.") == "mixed"
        assert kind(f"She called ⟦{opening}hollow{closing} what he had promised⟧.") == "mixed"

    def test_words_without_quotation_marks_are_indirect(self):
        assert kind("She said ⟦that both sides agreed⟧.") == "indirect"

    def test_an_apostrophe_quotes_nothing(self):
        assert kind("She said ⟦that Lima’s offer wasn't theirs⟧.") == "indirect"

    def test_a_quotation_that_stands_elsewhere_does_not_count(self):
        assert kind("“Never,” he said. She said ⟦that both agreed⟧. “Good,” he said.") == "indirect"

    @pytest.mark.parametrize("opening, closing", [("“", "”"), ('"', '"')])
    def test_a_quotation_broken_by_its_speaker_is_direct(self, opening, closing):
        broken = f"⟦{opening}We agree,{closing} she said, {opening}and we go on.{closing}⟧"
        assert kind(broken, "she", "said") == "direct"

    def test_a_content_without_a_letter_is_indirect(self):
        assert kind("She said ⟦…⟧.") == "indirect"

    def test_all_stretches_of_a_content_count(self):
        text = "“We agree,” she said, adding that all was well."
        assert statement_kind(text, [Words(0, 11), Words(29, 46)], []) == "mixed"

    @pytest.mark.parametrize("opening, closing", [("‘", "’"), ("'", "'"), ("''", "''")])
    def test_headlines_quote_with_single_marks_and_some_outlets_with_two_of_them(self, opening, closing):
        assert kind(f"⟦Lima sees a {opening}new level,{closing}⟧ says Quito") == "mixed"
        assert kind(f"⟦{opening}We agree,{closing}⟧ she said.") == "direct"

    @pytest.mark.parametrize("words", ["the workers' party won", "the U.N.'s force stays", "its citizens’ will counts"])
    def test_a_possessive_quotes_nothing(self, words):
        assert kind(f"She said ⟦that {words}⟧.") == "indirect"

    def test_all_that_interrupts_a_quotation_with_its_speaker_is_no_part_of_it(self):
        broken = "⟦“We agree,” Ugarte, an envoy to Lima, told reporters on Monday. “And we go on.”⟧"
        assert kind(broken, "Ugarte", "told") == "direct"

    def test_plain_words_between_quotations_are_part_of_it_where_nobody_speaks_in_them(self):
        assert kind("She called it ⟦“hollow” and far from “what he had promised”⟧.") == "mixed"
