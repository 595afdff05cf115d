import re

import pytest

from dragoman.show.marked import marked_text


def marks_removed(page: str) -> str:
    return re.sub(r"\[|\|[^\]]*\]|\{[^:]*: |\}", "", page)


def test_an_event_is_marked_in_its_place_with_act_and_parties(story):
    assert "Marte Lind [flew|CONSULT visit Marte Lind→Vietnam] to Hanoi" in marked_text(story).plain


def test_what_did_not_simply_happen_and_who_says_so_stand_in_the_mark(story):
    page = marked_text(story).plain
    assert "[expel|SANCTION expel Vietnam→Marte Lind, possible, says a Norwegian diplomat]" in page
    assert "[host|CONSULT visit Marte Lind→Vu Nam, planned]" in page


def test_a_statement_is_marked_with_its_speaker_and_may_hold_events(story):
    assert '{Vu Nam: "We [expel|SANCTION expel Vietnam, denied, says Vu Nam] nobody,"}' in marked_text(story).plain


def test_without_its_marks_the_text_is_the_article(story):
    assert marks_removed(marked_text(story).plain) == story.article.text


def test_two_acts_in_the_same_words_share_a_mark(story):
    first = story.events[0]
    second = first.model_copy(update={"id": "e9", "type": "SUPPORT", "mode": None})
    both = story.model_copy(update={"events": (first, second)})
    assert "[flew|CONSULT visit Marte Lind→Vietnam + SUPPORT Marte Lind→Vietnam]" in marked_text(both).plain


def test_a_record_without_text_cannot_be_marked(story):
    with pytest.raises(ValueError, match="story-1"):
        marked_text(story.without_text())
