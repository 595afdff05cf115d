import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from dragoman.show.terminal import neutral, one_line


@given(st.text(st.characters()))
def test_no_text_keeps_a_control_character_but_line_breaks_and_tabs(text):
    assert all(unicodedata.category(c) not in ("Cc", "Cs") or c in "\n\t" for c in neutral(text))


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp"))))
def test_words_of_any_script_stay_as_they_are(text):
    assert neutral(text) == text


def test_an_escape_sequence_is_shown_instead_of_obeyed():
    assert neutral("\x1b[2Jgone") == "␛[2Jgone"


def test_text_cannot_be_turned_around():
    assert "\u202e" not in neutral("invoice\u202etxt.exe")


def test_windows_line_ends_become_plain_ones():
    assert neutral("one\r\ntwo") == "one\ntwo"


def test_one_line_joins_lines_and_blanks():
    assert one_line(" one\n\ttwo\u2028three ") == "one two three"
