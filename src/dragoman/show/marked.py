"""A record as its article's text with the marks in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.text import Text

from dragoman.mark.marks import Words
from dragoman.record import Event, Record, Statement
from dragoman.show.phrases import Phrases
from dragoman.show.styles import styles
from dragoman.show.terminal import neutral, one_line

_LEGEND = (
    "[words|ACT who→whom] an event, told by the article as happened unless it says otherwise: planned, possible, denied; "
    "says X: according to X.   {speaker: words} a statement."
)


@dataclass(frozen=True, slots=True)
class _Insertion:
    """Something written into the text at an offset; of several at one place, the lower `rank` stands first."""

    at: int
    rank: tuple[int, int]
    words: str
    style: str


_CLOSE_EVENT, _CLOSE_STATEMENT, _OPEN_STATEMENT, _OPEN_EVENT = range(4)


def marked_text(record: Record) -> Text:
    """The article's text, each event as `[words|ACT who→whom]`, each statement as `{speaker: words}`.

    Raises ValueError for a record without its text.
    """
    text = record.article.text
    if text is None:
        raise ValueError(f"the record of {record.article.id} holds no text to mark")
    page, at = Text(), 0
    for insertion in sorted(_insertions(record), key=lambda i: (i.at, i.rank)):
        page.append(neutral(text[at : insertion.at])).append(insertion.words, style=insertion.style)
        at = insertion.at
    return page.append(neutral(text[at:]))


def origin(record: Record) -> Text:
    """Where the article is from, in one line."""
    article = record.article
    known = (one_line(part) for part in (article.id, article.published, article.outlet) if part)
    return Text(" · ".join(known), style=styles().of("quiet"))


def legend() -> Text:
    """What the marks mean."""
    return Text(_LEGEND, style=styles().of("quiet"))


def _insertions(record: Record) -> Iterator[_Insertion]:
    phrases = Phrases(record)
    for events in _by_trigger(record.events):
        trigger, style = events[0].trigger, styles().of_type(events[0].type)
        told = " + ".join(_told(event, phrases) for event in events)
        yield _Insertion(trigger.start, (_OPEN_EVENT, -trigger.end), "[", style)
        yield _Insertion(trigger.end, (_CLOSE_EVENT, -trigger.start), f"|{told}]", style)
    for statement in record.statements:
        yield from _around_statement(statement, phrases)


def _around_statement(statement: Statement, phrases: Phrases) -> Iterator[_Insertion]:
    style = styles().of("speaker")
    speaker = phrases.name(statement.speaker) if statement.speaker else statement.id
    for span in statement.content:
        yield _Insertion(span.start, (_OPEN_STATEMENT, -span.end), f"{{{speaker}: ", style)
        yield _Insertion(span.end, (_CLOSE_STATEMENT, -span.start), "}", style)


def _by_trigger(events: tuple[Event, ...]) -> Iterable[list[Event]]:
    sharing: dict[Words, list[Event]] = {}
    for event in events:
        sharing.setdefault(Words(event.trigger.start, event.trigger.end), []).append(event)
    return sharing.values()


def _told(event: Event, phrases: Phrases) -> str:
    who = ", ".join(phrases.name(mention) for mention in phrases.distinct(event.actors)) or "?"
    whom = ", ".join(phrases.name(mention) for mention in phrases.distinct(event.recipients))
    told = f"{phrases.act(event)} {who}→{whom}" if whom else f"{phrases.act(event)} {who}"
    if event.factuality != "happened":
        told += f", {event.factuality}"
    return f"{told}, says {phrases.name(event.asserter)}" if event.asserter else told
