"""Time words against the publication date and the story's timeline."""

import csv
import datetime
import itertools
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.resolve.dates import Resolved, TimeContext, find_times, resolve_time

TABLE = Path(__file__).parents[2] / "benchmarks" / "data" / "time_expressions.csv"
WEDNESDAY = datetime.date(2023, 10, 18)


@dataclass(frozen=True)
class Told:
    words: str
    published: datetime.date | None
    context: TimeContext
    answer: Resolved | None


def expressions() -> list[Told]:
    with TABLE.open(encoding="utf8") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return [
        Told(
            row["words"],
            datetime.date.fromisoformat(row["published"]) if row["published"] else None,
            TimeContext(row["factuality"], (Resolved(row["timeline"]),) if row["timeline"] else ()),
            Resolved(row["date"], row["until"] or None) if row["date"] else None,
        )
        for row in rows
    ]


def test_the_table_of_expressions_is_answered_right() -> None:
    every = expressions()
    wrong = [t.words for t in every if resolve_time(t.words, t.published, t.context) != t.answer]
    assert len(every) >= 200
    assert len(wrong) <= 0.01 * len(every), wrong


def test_a_weekday_is_the_latest_such_day_up_to_publication() -> None:
    assert resolve_time("on Wednesday", WEDNESDAY) == Resolved("2023-10-18")
    assert resolve_time("on Thursday", WEDNESDAY) == Resolved("2023-10-12")


def test_a_weekday_of_a_planned_act_lies_ahead() -> None:
    assert resolve_time("on Thursday", WEDNESDAY, TimeContext("planned")) == Resolved("2023-10-19")


def test_a_possible_act_may_lie_behind_or_ahead() -> None:
    assert resolve_time("on Monday", WEDNESDAY, TimeContext("possible")) == Resolved("2023-10-16")
    assert resolve_time("as early as Monday", WEDNESDAY, TimeContext("possible")) == Resolved("2023-10-23")


def test_a_week_is_told_from_its_monday_to_its_sunday() -> None:
    assert resolve_time("earlier this week", WEDNESDAY) == Resolved("2023-10-16", "2023-10-22")


def test_words_that_hang_on_the_story_count_from_the_date_told_last() -> None:
    told = TimeContext(timeline=(Resolved("2023-09-01"), Resolved("2023-10-12")))
    assert resolve_time("two days earlier", WEDNESDAY, told) == Resolved("2023-10-10")
    assert resolve_time("the following day", WEDNESDAY, told) == Resolved("2023-10-13")
    assert resolve_time("two days earlier", WEDNESDAY) is None


def test_without_a_publication_date_absolute_words_still_resolve() -> None:
    assert resolve_time("March 3, 2019", None) == Resolved("2019-03-03")
    assert resolve_time("yesterday", None) is None


@pytest.mark.parametrize(
    "words", ["February 30, 2019", "31/31/2019", "2019-13-01", "", "the", "99999 centuries ago", "x" * 10_000]
)
def test_what_is_no_date_is_none_or_less_precise_but_never_an_error(words: str) -> None:
    resolved = resolve_time(words, WEDNESDAY)
    assert resolved is None or len(resolved.date) < 10


@given(st.text(max_size=60), st.dates())
def test_any_words_at_any_date_give_a_date_or_nothing(words: str, published: datetime.date) -> None:
    resolved = resolve_time(words, published)
    assert resolved is None or len(resolved.date) in (4, 7, 10)


def test_an_expression_takes_less_than_a_fifth_of_a_millisecond() -> None:
    every = expressions()
    began = time.perf_counter()
    for told in every:
        resolve_time("  " + told.words, told.published, told.context)
    assert (time.perf_counter() - began) / len(every) < 2e-4


def test_time_words_are_found_with_their_prepositions() -> None:
    text = (
        "On Monday, Mr. May said the May 3 talks, delayed since last year, would resume in early June 2024 or the following week."
    )
    assert [text[w.start : w.end] for w in find_times(text)] == [
        "On Monday", "May 3", "since last year", "in early June 2024", "the following week",
    ]  # fmt: skip


@given(st.text(max_size=300))
def test_found_time_words_lie_in_the_text_in_order(text: str) -> None:
    found = find_times(text)
    assert all(0 <= a.start < a.end <= len(text) for a in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
