"""Reading: from articles to records that quote them, the same ones every time."""

import itertools
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dragoman
from dragoman import Article, DragomanError, Reader, Record
from dragoman.collect.clean import boilerplate
from dragoman.errors import InputError
from dragoman.mark.marks import Words
from dragoman.samples import sample_articles

ARTICLES = [Article.model_validate_json(line) for line in sample_articles().read_text(encoding="utf-8").splitlines()[:6]]
STORY = "Norway accused Vietnam of jailing two journalists. “We reject this,” a spokesman for Vietnam said on Tuesday."


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def spans(part: Any) -> Iterator[dict[str, Any]]:
    """All spans with their words anywhere in a record."""
    if isinstance(part, dict):
        if part.get("start") is not None:
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from spans(inner)


def check(record: Record) -> None:
    """Every span quotes the text, and every reference meets what it refers to."""
    text = record.article.text
    assert text is not None
    whole = json.loads(record.to_json())
    for span in spans(whole):
        assert 0 <= span["start"] < span["end"] <= len(text)
        assert text[span["start"] : span["end"]] == span["text"]
    entities, events, statements = ({part.id for part in parts} for parts in (record.entities, record.events, record.statements))
    for event in record.events:
        mentions = [*event.actors, *event.recipients, *([event.asserter] if event.asserter else [])]
        assert {m.entity for m in mentions} <= {*entities, None}
        assert {*event.disputes, *([event.same_as] if event.same_as else [])} <= events - {event.id}
        assert event.statement is None or event.statement in statements
    for statement in record.statements:
        assert set(statement.about) <= entities
        assert set(statement.events) <= events


class TestOneArticle:
    def test_what_happens_in_a_story_is_told_with_its_words(self, reader):
        record = reader.read(ARTICLES[0])
        assert record.events or record.statements
        check(record)

    def test_the_record_keeps_the_article_and_says_what_made_it(self, reader):
        record = reader.read(ARTICLES[0])
        kept = record.article.model_dump(exclude={"text_sha256"})
        assert kept == ARTICLES[0].model_dump()
        assert record.reader is not None
        assert record.reader.version
        assert (record.reader.model or "").startswith("sha256:")

    def test_a_bare_text_is_read_as_the_article_of_that_text(self, reader):
        assert reader.read(STORY, "2023-10-19") == reader.read(Article.of(STORY, "2023-10-19"))
        assert dragoman.read(STORY, published="2023-10-19") == reader.read(STORY, "2023-10-19")

    def test_a_record_survives_its_own_json(self, reader):
        record = reader.read(ARTICLES[1])
        assert Record.model_validate_json(record.to_json()) == record

    @pytest.mark.parametrize("text", ["....", "…", "\u0301\u0302", "?", "12", "🚀🚀", "\u200b.", "( )"])
    def test_a_text_that_tells_nothing_has_an_empty_record(self, reader, text):
        record = reader.read(text)
        assert (record.events, record.statements, record.entities) == ((), (), ())

    def test_one_long_line_without_a_stop_is_read(self, reader):
        check(reader.read("Norway accused Vietnam of jailing journalists and " * 200))


class TestRefusals:
    @pytest.mark.parametrize(
        "text, reason",
        [
            ("", "the text is empty"),
            (" \n", "the text is empty"),
            ("They\0met.", "a NUL at offset 4"),
            ("They \ud83d met.", "a lone surrogate (U+D83D) at offset 5"),
        ],
    )
    def test_a_text_that_cannot_be_read_is_refused_in_one_line(self, reader, text, reason):
        with pytest.raises(InputError) as refused:
            reader.read(text)
        assert reason in str(refused.value)
        assert "\n" not in str(refused.value)

    def test_a_date_that_is_none_is_refused(self, reader):
        with pytest.raises(InputError, match="not an ISO date such as 2023-10-19"):
            reader.read(STORY, "last week")

    def test_refusals_are_dragomans_own_errors(self, reader):
        with pytest.raises(DragomanError):
            reader.read("")


class TestManyArticles:
    def test_the_record_of_an_article_is_the_same_alone_in_any_batch_and_with_any_number_of_jobs(self, reader):
        alone = {a.id: Reader().read(a).to_json() for a in ARTICLES[:2]} | {a.id: reader.read(a).to_json() for a in ARTICLES[2:]}
        shuffled = random.Random(3).sample(ARTICLES, len(ARTICLES))
        for order, jobs in ((ARTICLES, 1), (ARTICLES[::-1], 1), (shuffled, 2)):
            records = [r for r in reader.read_many(order, jobs) if isinstance(r, Record)]
            assert [r.article.id for r in records] == [a.id for a in order]
            assert [r.to_json() for r in records] == [alone[a.id] for a in order]

    @pytest.mark.parametrize("jobs", [1, 2])
    def test_an_empty_batch_has_no_records(self, reader, jobs):
        assert list(reader.read_many([], jobs)) == []

    @pytest.mark.parametrize("jobs", [1, 2])
    def test_an_article_that_cannot_be_read_is_named_in_its_place_and_stops_no_other(self, reader, jobs):
        broken = Article.model_construct(id="broken", text="They\0met.")
        first, second, third = reader.read_many([ARTICLES[0], broken, ARTICLES[1]], jobs)
        assert isinstance(second, InputError)
        assert str(second).startswith("broken: ")
        assert [r.article.id for r in (first, third) if isinstance(r, Record)] == [ARTICLES[0].id, ARTICLES[1].id]

    def test_articles_are_taken_as_they_are_needed(self, reader):
        endless = itertools.cycle(ARTICLES[:1])
        assert len(list(itertools.islice(reader.read_many(endless), 2))) == 2


class TestBoilerplate:
    LINES = (
        "Read more: Norway accused Vietnam of jailing two journalists",
        "Advertisement: Norway accused Vietnam, and the new Example Class has arrived with exclusive offers and discounts",
        "(Photo by Ann Example/Getty Images)",
    )

    def test_nothing_of_an_advertisement_or_a_link_is_told_or_said(self, reader):
        text = f"Norway meets Vietnam\n\n{STORY}\n\n" + "\n\n".join(self.LINES)
        left_out = boilerplate(text)
        assert left_out
        record = reader.read(text)
        told = [e.trigger for e in record.events] + [c for s in record.statements for c in s.content]
        assert not [s.text for s in told for skip in left_out if skip.overlaps(Words(s.start, s.end))]

    def test_marks_that_touch_what_is_skipped_are_left_out_and_the_others_stay(self, reader):
        text = ARTICLES[0].text
        marks = reader._marker.mark(text)
        for skip in [*(e.trigger for e in marks.events), *(c for s in marks.statements for c in s.content)][:6]:
            rest = reader._marker.mark(text, [skip])
            assert [e.trigger for e in rest.events] == [e.trigger for e in marks.events if not e.trigger.overlaps(skip)]
            assert [s.content for s in rest.statements] == [
                s.content for s in marks.statements if not any(c.overlaps(skip) for c in s.content)
            ]


PIECES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            STORY,
            "Norwe\u0301gian troops attacked\r\nViet\u0301nam on Monday. ",
            "“Iran’s 👩🏽\u200d🚀 minister met Israel’s,” \u202eהשר אמר\u202c he said. ",
            "הפגנה בתל אביב: protesters stormed the parliament.\r\n\r\n",
            "Po" + "l" * 400 + "ice arrested 12 protesters in Tbilisi. ",
            "\ufeff\u2028\u0085İstanbul’s mayor ﬁned Ⅷ firms\u3000yesterday.",
            "!?…\r\r\n\n",
        ]
    ),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=6).map("".join).filter(lambda t: t.strip() and "\0" not in t))
def test_every_span_of_a_record_quotes_the_text_whatever_the_text(reader, text):
    check(reader.read(text, "2023-10-19"))
