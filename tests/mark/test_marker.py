"""Marking a text: what holds whatever the model finds."""

import time

import numpy as np
import pytest

from dragoman.article import Article
from dragoman.mark.marker import FoundEvent, Marker
from dragoman.mark.marks import MarkedEvent, Marks, Words
from dragoman.samples import sample_articles

TEXTS = [Article.model_validate_json(line).text for line in sample_articles().read_text(encoding="utf-8").splitlines()[:3]]
LONG = "\n\n".join(TEXTS)


@pytest.fixture(scope="module")
def marker() -> Marker:
    return Marker()


@pytest.mark.parametrize("text", ["", "\u0301", " \n"])
def test_a_text_without_words_has_no_marks(marker, text):
    assert marker.mark(text) == Marks()
    assert marker.attributions(text) == ()


def test_marks_are_the_same_whatever_was_marked_before(marker):
    first = marker.mark(TEXTS[0])
    marker.mark(LONG)
    assert marker.mark(TEXTS[0]) == first


def test_events_statements_and_places_come_in_text_order_once_each_from_all_windows(marker):
    assert len(marker.score(LONG).windows) > 1
    marks = marker.mark(LONG)
    for found in ([e.trigger for e in marks.events], [s.content for s in marks.statements], list(marks.places)):
        assert found == sorted(set(found))


def test_links_go_to_earlier_tellings_and_to_other_events(marker):
    events = marker.mark(LONG).events
    for i, event in enumerate(events):
        assert i not in event.disputes
        if event.same_as is not None:
            assert event.same_as < i
            assert events[event.same_as].same_as is None
            assert events[event.same_as].type == event.type


def test_a_text_of_very_many_events_is_linked_in_time_and_memory_in_step_with_its_length(marker):
    vector = np.zeros(384, dtype=np.float32)
    found = [FoundEvent(MarkedEvent("ACCUSE", Words(9 * i, 9 * i + 7), 0.9), vector, 2 * i) for i in range(600)]
    began = time.perf_counter()
    assert len(marker._linked(found)) == 600
    assert time.perf_counter() - began < 10


def test_attributions_quote_the_text_in_order(marker):
    found = marker.attributions(LONG)
    assert list(found) == sorted(found, key=lambda a: a.content)
    for attribution in found:
        assert attribution.content
        parts = [*attribution.content, *filter(None, (attribution.source, attribution.cue))]
        assert all(0 <= w.start < w.end <= len(LONG) for w in parts)


def test_whether_a_text_tells_politics_is_a_probability(marker):
    assert 0 <= marker.score(LONG).political() <= 1
