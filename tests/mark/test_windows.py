"""A text is cut into words and windows without losing any of it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.mark.encoder import MODEL
from dragoman.mark.windows import MAX_PIECES, MAX_SENTENCE_PIECES, WordPieces, windows

POSITIONS = 512
"""Pieces that the encoder can tell apart, its two special ones among them."""

AWKWARD = [
    "e\u0301",
    "👩🏽\u200d🚀",
    "שלום",
    "مرحبا",
    "\r\n",
    "İ",
    "ﬁ",
    "ß",
    "\u200b",
    "中文",
    "\u202e",
    "½",
    "x" * 300,
    "\ufffd",
]


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces(MODEL / "tokenizer.json")


def words(pieces: WordPieces, text: str) -> list[str]:
    return [text[w.start : w.end] for w in pieces.tokenize(text).words]


class TestWords:
    def test_letters_and_marks_are_words_of_their_own(self, pieces):
        assert words(pieces, "Li’s “no” won’t do, 3.5%.") == [
            *("Li", "’", "s", "“", "no", "”", "won", "’", "t", "do", ",", "3", ".", "5", "%", ".")
        ]  # fmt: skip

    def test_a_word_of_many_pieces_is_one_word(self, pieces):
        found = pieces.tokenize("Transdniestria voted.")
        assert [found.text[w.start : w.end] for w in found.words] == ["Transdniestria", "voted", "."]
        assert len(found.pieces) > 3

    def test_accents_are_kept_in_the_words_they_belong_to(self, pieces):
        assert words(pieces, "Zo\u00eb and Zoe\u0308 met") == ["Zo\u00eb", "and", "Zoe\u0308", "met"]
        assert words(pieces, "\u0111e\u0302\u0301n.") == ["\u0111e\u0302\u0301n", "."]

    def test_each_word_knows_its_sentence(self, pieces):
        assert pieces.tokenize("They met. He left.\n\nIt ended").sentence.tolist() == [0, 0, 0, 1, 1, 1, 2, 2]

    @pytest.mark.parametrize("text", ["\u0301\u0302", "\u200b", " \n"])
    def test_a_text_of_nothing_but_marks_without_letters_has_no_words_and_no_windows(self, pieces, text):
        found = pieces.tokenize(text)
        assert not found.words
        assert windows(found) == []


class TestWindows:
    def test_a_short_text_is_one_window(self, pieces):
        (window,) = windows(pieces.tokenize("They met on Monday. They agreed."))
        assert (window.start, window.core_start, window.core_end, window.end) == (0, 0, 8, 8)

    def test_windows_of_a_long_text_meet_between_sentences_and_see_their_neighbours(self, pieces):
        found = pieces.tokenize("The two ministers met in the capital on Monday and spoke of grain.\n" * 100)
        first, *_, last = windows(found)
        assert found.sentence[first.core_end - 1] != found.sentence[first.core_end]
        assert first.core_end < first.end
        assert last.start < last.core_start

    def test_an_overlong_sentence_is_cut(self, pieces):
        found = pieces.tokenize("grain and " * 2000)
        cut = windows(found)
        assert len(cut) > 1
        assert max(w.core_end - w.core_start for w in cut) <= MAX_PIECES


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(max_size=40) | st.sampled_from(AWKWARD) | st.sampled_from(["They met. ", "\n\n", "grain, " * 90]), max_size=30
    )
)
@example(["x" * 5000])
@example(["İstanbul’da ﬁ ½ "] * 200)
def test_words_quote_the_text_in_order_and_every_word_is_the_core_of_one_window(pieces, parts):
    text = "".join(parts)
    found = pieces.tokenize(text)
    at = 0
    for word, sentence in zip(found.words, found.sentence, strict=True):
        assert at <= word.start < word.end <= len(text)
        assert found.sentences[sentence].start <= word.start
        assert word.end <= found.sentences[sentence].end
        at = word.end
    assert len(found.first_piece) == len(found.words)
    core = [i for w in windows(found) for i in range(w.core_start, w.core_end)]
    assert core == list(range(len(found.words)))
    for window in windows(found):
        assert window.start <= window.core_start < window.core_end <= window.end
        assert len(pieces.piece_ids(found, window)) <= POSITIONS


def test_a_cut_sentence_stays_within_its_limit(pieces):
    found = pieces.tokenize("Transdniestria " * 3000)
    ends = [*found.first_piece[1:], len(found.pieces)]
    sizes = [ends[w.core_end - 1] - found.first_piece[w.core_start] for w in windows(found)]
    assert max(sizes) <= POSITIONS - 2
    assert min(sizes[:-1]) > MAX_SENTENCE_PIECES // 2
