"""From marked words to a record: ids, references, dates, places and numbers in their places."""

import pytest

from dragoman.article import Article
from dragoman.mark.marks import MarkedEvent, MarkedStatement, Marks, Words
from dragoman.record import ReaderInfo, Record
from dragoman.resolve import resolve

TEXT = """Norway and Vietnam at odds

Norway accused Vietnam of jailing 12 journalists in Hanoi on Monday. “We reject this accusation,” Vietnam said on Tuesday.

Two days earlier the two countries had met in Oslo."""


def at(words: str, n: int = 1) -> Words:
    """The n-th standing of words in the text."""
    start = -1
    for _ in range(n):
        start = TEXT.index(words, start + 1)
    return Words(start, start + len(words))


ACCUSED = MarkedEvent(
    "ACCUSE",
    at("accused"),
    0.9,
    mode="allege",
    actors=(at("Norway", 2),),
    recipients=(at("Vietnam", 2),),
    contexts=("diplomatic",),
)
JAILED = MarkedEvent(
    "COERCE", at("jailing"), 0.8, actors=(at("Vietnam", 2),), asserter=at("Norway", 2), when=at("on Monday"), where=at("Hanoi"),
    confidences={"actors": 0.7},
)  # fmt: skip
REJECTED = MarkedEvent(
    "REJECT", at("reject"), 0.7, actors=(at("Vietnam", 3),), recipients=(at("Norway", 2),), when=at("on Tuesday"), disputes=(1,),
    statement=0,
)  # fmt: skip
MET = MarkedEvent(
    "CONSULT", at("met"), 0.6, actors=(at("the two countries"),), when=at("Two days earlier"), where=at("Oslo"), same_as=0
)
SAID = MarkedStatement(
    (at("“We reject this accusation,”"),), 0.9, speaker=at("Vietnam", 3), cue=at("said"), addressee=None, kind="direct"
)
MARKS = Marks((ACCUSED, JAILED, REJECTED, MET), (SAID,), (at("Hanoi"), at("Oslo")))


def recorded(marks: Marks = MARKS, published: str | None = "2023-10-19") -> Record:
    return resolve(Article(id="odds", text=TEXT, published=published), marks)


@pytest.fixture(scope="module")
def record() -> Record:
    return recorded()


class TestEvents:
    def test_events_are_numbered_in_their_order_and_keep_what_was_marked(self, record):
        assert [(e.id, e.type, e.trigger.text) for e in record.events] == [
            ("e1", "ACCUSE", "accused"), ("e2", "COERCE", "jailing"), ("e3", "REJECT", "reject"), ("e4", "CONSULT", "met"),
        ]  # fmt: skip
        accused, jailed, *_ = record.events
        assert (accused.mode, accused.contexts, accused.confidence, accused.factuality) == (
            "allege",
            ("diplomatic",),
            0.9,
            "happened",
        )
        assert jailed.confidences == {"actors": 0.7}

    def test_links_between_events_are_their_ids(self, record):
        _, _, rejected, met = record.events
        assert (rejected.disputes, rejected.statement) == (("e2",), "s1")
        assert met.same_as == "e1"

    def test_words_for_two_actors_are_a_mention_of_each(self, record):
        mentions = record.events[3].actors
        countries = {e.id: e.country for e in record.entities}
        assert {m.text for m in mentions} == {"the two countries"}
        assert {countries[m.entity] for m in mentions} == {"NOR", "VNM"}


class TestEntities:
    def test_all_mentions_of_an_actor_mean_one_entity(self, record):
        accused, jailed, rejected, _ = record.events
        assert accused.recipients[0].entity == jailed.actors[0].entity == rejected.actors[0].entity
        assert accused.actors[0].entity == jailed.asserter.entity == rejected.recipients[0].entity

    def test_an_entity_has_its_country_and_quotes_its_mentions(self, record):
        for entity in record.entities:
            assert entity.country in ("NOR", "VNM")
            assert all(TEXT[m.start : m.end] == m.text for m in entity.mentions)


class TestDates:
    def test_weekdays_count_back_from_the_day_of_publication(self, record):
        assert [(e.when.text, e.when.date) for e in record.events if e.when][:2] == [
            ("on Monday", "2023-10-16"), ("on Tuesday", "2023-10-17"),
        ]  # fmt: skip

    def test_earlier_counts_from_the_date_that_the_story_told_before(self, record):
        assert record.events[3].when.date == "2023-10-15"

    def test_without_a_day_of_publication_the_words_stay(self):
        when = recorded(published=None).events[1].when
        assert (when.text, when.date) == ("on Monday", None)


class TestPlaces:
    def test_an_events_place_is_resolved_and_stands_among_the_places(self, record):
        jailed = record.events[1]
        assert (jailed.where.name, jailed.where.country, jailed.where.kind) == ("Hanoi", "VNM", "city")
        assert [p.text for p in record.places] == ["Hanoi", "Oslo"]
        assert record.places[0] == jailed.where

    def test_an_events_place_that_the_text_does_not_mark_as_one_is_no_place_of_the_text(self):
        record = recorded(Marks((JAILED,)))
        assert record.events[0].where is not None
        assert record.places == ()


class TestNumbers:
    def test_a_magnitude_stands_with_the_act_that_it_tells(self, record):
        assert [(n.text, n.value, n.what) for n in record.events[1].numbers] == [("12", 12, "arrested")]


class TestStatements:
    def test_a_statement_holds_the_acts_told_in_it(self, record):
        (said,) = record.statements
        assert (said.id, said.kind, said.speaker.text, said.cue.text) == ("s1", "direct", "Vietnam", "said")
        assert said.events == ("e3",)

    def test_it_is_about_those_whom_its_content_mentions(self, record):
        assert record.statements[0].about == ()
        told = MarkedStatement(
            (Words(at("accused").start, at("on Monday").end),), 0.8, speaker=at("Norway", 2), cue=at("accused")
        )
        about = recorded(Marks((ACCUSED, JAILED), (told,)))
        countries = {e.id: e.country for e in about.entities}
        assert [countries[i] for i in about.statements[0].about] == ["VNM"]

    def test_an_act_done_by_saying_it_belongs_to_what_is_said(self):
        told = MarkedStatement(
            (Words(at("jailing").start, at("on Monday").end),), 0.8, speaker=at("Norway", 2), cue=at("accused")
        )
        record = recorded(Marks((ACCUSED, JAILED), (told,)))
        assert record.statements[0].events == ("e1", "e2")

    def test_another_ones_act_does_not(self):
        told = MarkedStatement(
            (Words(at("jailing").start, at("on Monday").end),), 0.8, speaker=at("Vietnam", 2), cue=at("accused")
        )
        record = recorded(Marks((ACCUSED, JAILED), (told,)))
        assert record.statements[0].events == ("e2",)


def test_nothing_marked_is_an_empty_record_that_keeps_the_article():
    record = resolve(Article(id="odds", text=TEXT, outlet="Meridian"), Marks(), ReaderInfo(version="1", model="sha256:0"))
    assert (record.entities, record.events, record.statements, record.places) == ((), (), (), ())
    assert (record.article.id, record.article.text, record.article.outlet) == ("odds", TEXT, "Meridian")
    assert record.reader == ReaderInfo(version="1", model="sha256:0")
