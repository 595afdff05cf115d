"""From scores to spans: what counts as a trigger, a role, a content."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.mark.decode import (
    Decoding,
    Run,
    Trigger,
    best_run,
    content_run,
    find_runs,
    find_triggers,
    logistic,
    logit,
)
from dragoman.mark.encoder import FloatArray

LIKELIHOODS = st.lists(st.floats(0, 1, width=32), min_size=1, max_size=30)


def scores(*values: float) -> FloatArray:
    return np.array(values, dtype=np.float32)


def bare(runs: list[Run]) -> list[tuple[int, int]]:
    return [(r.start, r.end) for r in runs]


class TestTriggers:
    def test_neighbouring_words_that_tell_the_same_act_are_one_trigger(self):
        told = np.array([[0.9, 0.1, 0.0], [0.1, 0.8, 0.1], [0.4, 0.5, 0.1], [1.0, 0.0, 0.0]], dtype=np.float32)
        assert find_triggers(told, 0.5) == [Trigger(1, 3, 0, pytest.approx(0.8))]

    def test_neighbouring_words_that_tell_different_acts_are_two(self):
        told = np.array([[0.1, 0.8, 0.1], [0.1, 0.1, 0.8]], dtype=np.float32)
        assert [(t.start, t.end, t.type) for t in find_triggers(told, 0.5)] == [(0, 1, 0), (1, 2, 1)]

    def test_words_less_likely_than_the_threshold_tell_nothing(self):
        assert find_triggers(np.array([[0.6, 0.4, 0.0], [0.9, 0.0, 0.1]], dtype=np.float32), 0.5) == []

    def test_a_trigger_may_end_with_the_text(self):
        assert [(t.start, t.end) for t in find_triggers(np.array([[1.0, 0.0], [0.0, 1.0]], dtype=np.float32), 0.5)] == [(1, 2)]


class TestRuns:
    def test_words_inside_a_role_make_runs_as_sure_as_their_surest_word(self):
        inside = scores(0.1, 0.6, 0.9, 0.2, 0.7)
        assert find_runs(inside, 0.5) == [Run(1, 3, pytest.approx(0.9)), Run(4, 5, pytest.approx(0.7))]

    def test_a_likely_word_takes_its_less_likely_neighbours_along(self):
        assert bare(find_runs(scores(0.1, 0.3, 0.9, 0.3, 0.1, 0.3), 0.5, 0.2)) == [(1, 4)]

    def test_the_likeliest_run_fills_a_role_of_one(self):
        assert best_run(scores(0.6, 0.1, 0.8), 0.5) == Run(2, 3, pytest.approx(0.8))

    def test_nobody_fills_a_role_that_no_word_reaches(self):
        assert best_run(scores(0.4, 0.3), 0.5) is None

    @given(LIKELIHOODS, st.floats(0.05, 0.95))
    def test_runs_hold_just_the_words_that_reach_the_threshold(self, values, threshold):
        inside = scores(*values)
        runs = find_runs(inside, threshold)
        assert [i for r in runs for i in range(r.start, r.end)] == [i for i, v in enumerate(inside) if v >= threshold]


class TestContents:
    def test_a_content_runs_on_to_the_last_likely_word(self):
        assert bare([content_run(scores(0.9, 0.9, 0.9, 0.1, 0.1), 0, 0.5)]) == [(0, 3)]

    def test_a_doubtful_word_within_does_not_end_it(self):
        assert bare([content_run(scores(0.1, 0.9, 0.4, 0.9, 0.1), 1, 0.5)]) == [(1, 4)]

    def test_a_far_island_of_words_does_not_prolong_it(self):
        assert bare([content_run(scores(0.9, 0.9, 0.1, 0.1, 0.1, 0.9), 0, 0.5)]) == [(0, 2)]

    def test_it_has_one_word_at_least(self):
        assert bare([content_run(scores(0.1, 0.1), 1, 0.5)]) == [(1, 2)]

    @given(LIKELIHOODS, st.data(), st.floats(0.05, 0.95))
    def test_it_begins_where_it_is_told_to_and_ends_within_the_text(self, values, data, threshold):
        start = data.draw(st.integers(0, len(values) - 1))
        run = content_run(scores(*values), start, threshold)
        assert start == run.start < run.end <= len(values)
        assert 0 <= run.score <= 1


class TestConfidences:
    def test_even_odds_make_an_even_probability(self):
        assert logistic({"bias": 0.0, "type": 1.0}, {"type": logit(0.5)}) == 0.5

    @given(st.floats(0.001, 0.999))
    def test_log_odds_and_back_again(self, probability):
        assert logistic({"bias": 0.0, "type": 1.0}, {"type": logit(probability)}) == pytest.approx(probability, abs=1e-4)

    @pytest.mark.parametrize("certain", [0.0, 1.0])
    def test_nothing_is_certain(self, certain):
        assert math.isfinite(logit(certain))

    def test_the_thresholds_of_the_model_are_probabilities(self):
        settings = Decoding.load()
        for name, value in vars(settings).items():
            assert isinstance(value, dict) or 0 < value < 1, name
