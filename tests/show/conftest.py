"""A small made-up story with its record, marked by hand."""

import pytest

from dragoman.record import Entity, Event, Mention, Place, Record, RecordedArticle, Span, Statement, When

TEXT = (
    "Envoys meet\n\n"
    "Foreign Minister Marte Lind flew to Hanoi on Monday. "
    "Vietnam may expel her deputy, a Norwegian diplomat said. "
    'Hanoi denied it. "We expel nobody," spokesman Vu Nam told reporters, according to Radio Confluence. '
    "Lind will host him in May."
)


def span(words: str, nth: int = 1) -> Span:
    """The nth place of the words in the story."""
    at = -1
    for _ in range(nth):
        at = TEXT.index(words, at + 1)
    return Span(start=at, end=at + len(words), text=words)


def mention(words: str, entity: str, nth: int = 1) -> Mention:
    """The nth place of the words, standing for the entity."""
    return Mention(**span(words, nth).model_dump(), entity=entity)


@pytest.fixture
def story() -> Record:
    lind, vietnam, diplomat, vu, radio = (
        Entity(id="a1", name="Marte Lind", kind="person", country="NOR", sector="GOV"),
        Entity(id="a2", name="Vietnam", kind="government", country="VNM", sector="GOV"),
        Entity(id="a3", name="a Norwegian diplomat", kind="person", country="NOR", sector="GOV"),
        Entity(id="a4", name="Vu Nam", kind="person", country="VNM", sector="GOV"),
        Entity(id="a5", name="Radio Confluence", kind="medium", country="UNK", sector="JRN"),
    )
    monday, may = span("on Monday"), span("in May")
    hanoi = span("Hanoi")
    flew = Event(
        id="e1",
        type="CONSULT",
        mode="visit",
        confidence=0.97,
        trigger=span("flew"),
        actors=(mention("Foreign Minister Marte Lind", "a1"),),
        recipients=(mention("Hanoi", "a2"),),
        factuality="happened",
        when=When(**monday.model_dump(), date="2023-06-12"),
        where=Place(**hanoi.model_dump(), name="Hanoi", kind="city", country="VNM"),
    )
    expel = Event(
        id="e2",
        type="SANCTION",
        mode="expel",
        confidence=0.61,
        trigger=span("expel"),
        actors=(mention("Vietnam", "a2"),),
        recipients=(mention("her deputy", "a1"),),
        factuality="possible",
        asserter=mention("a Norwegian diplomat", "a3"),
    )
    denied = Event(
        id="e3",
        type="REJECT",
        trigger=span("denied"),
        actors=(mention("Hanoi", "a2", 2),),
        factuality="happened",
        disputes=("e2",),
    )
    nobody = Event(
        id="e4",
        type="SANCTION",
        mode="expel",
        trigger=span("expel", 2),
        actors=(mention("We", "a2"),),
        factuality="denied",
        asserter=mention("spokesman Vu Nam", "a4"),
        statement="s2",
        same_as="e2",
    )
    host = Event(
        id="e5",
        type="CONSULT",
        mode="visit",
        trigger=span("host"),
        actors=(mention("Lind", "a1", 2),),
        recipients=(mention("him", "a4"),),
        factuality="planned",
        when=When(**may.model_dump(), date="2024-05"),
    )
    said = Statement(
        id="s1",
        speaker=mention("a Norwegian diplomat", "a3"),
        cue=span("said"),
        content=(span("Vietnam may expel her deputy"),),
        kind="indirect",
        about=("a2",),
        events=("e2",),
    )
    told = Statement(
        id="s2",
        speaker=mention("spokesman Vu Nam", "a4"),
        cue=span("told"),
        content=(span('"We expel nobody,"'),),
        via=mention("Radio Confluence", "a5"),
        kind="direct",
    )
    return Record(
        article=RecordedArticle(id="story-1", title="Envoys meet", published="2023-06-14", outlet="Northern Ledger", text=TEXT),
        entities=(lind, vietnam, diplomat, vu, radio),
        events=(flew, expel, denied, nobody, host),
        statements=(said, told),
    )
