"""A record as a table: the story's events in text order, its statements below."""

from collections.abc import Iterable

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dragoman.record import Event, Mention, Record, Statement
from dragoman.show.phrases import Phrases
from dragoman.show.styles import styles
from dragoman.show.terminal import one_line

WIDE = 150
"""From this many columns on, each part of an event has a column of its own."""


def story(record: Record, width: int) -> RenderableType:
    """The record as one block of `width` columns: heading, events, statements."""
    phrases = Phrases(record)
    parts: list[RenderableType] = [_heading(record)]
    if record.events:
        parts.append(_wide_events(record, phrases) if width >= WIDE else _narrow_events(record, phrases))
    if record.statements:
        parts.append(_statements(record, phrases, width))
    return Group(*parts)


def _heading(record: Record) -> Text:
    article = record.article
    title = one_line(article.title or "") or one_line(article.id)
    origin = [one_line(part) for part in (article.published, article.outlet, article.url) if part]
    heading = Text(title, style=styles().of("heading"))
    if origin:
        heading.append("\n" + " · ".join(origin), style=styles().of("quiet"))
    return heading.append("\n" + _summary(record), style="not bold")


def _summary(record: Record) -> str:
    if not record.events and not record.statements:
        return "No political event and no statement found."
    events = _counted(len(record.events), "event") if record.events else "no political event"
    return f"{events}, {_counted(len(record.statements), 'statement')}".capitalize()


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _wide_events(record: Record, phrases: Phrases) -> Table:
    table = _table()
    table.add_column("#", no_wrap=True)
    table.add_column("when", max_width=14)
    table.add_column("who → whom", ratio=5, overflow="fold")
    table.add_column("act", max_width=20)
    table.add_column("in the words", ratio=7, overflow="fold")
    table.add_column("told as", no_wrap=True)
    table.add_column("says who", ratio=3, overflow="fold")
    table.add_column("where", ratio=2, min_width=10, overflow="fold")
    table.add_column("sure", justify="right", no_wrap=True)
    for event in record.events:
        table.add_row(
            event.id,
            phrases.when(event.when),
            _dyad(event, phrases),
            Text(phrases.act(event), style=styles().of_type(event.type)),
            _lines([_words(event, phrases), _links(event, phrases)]),
            Text(event.factuality, style=styles().of(event.factuality)),
            _asserter(event, phrases),
            phrases.where(event.where),
            _sure(event.confidence),
        )
    return table


def _narrow_events(record: Record, phrases: Phrases) -> Table:
    table = _table(leading=1)
    table.add_column("#", no_wrap=True)
    table.add_column("when", max_width=10)
    table.add_column("who → whom", ratio=4, overflow="fold")
    table.add_column("what", ratio=6, overflow="fold")
    table.add_column("says who", ratio=3, overflow="fold")
    table.add_column("sure", justify="right", no_wrap=True)
    for event in record.events:
        place = phrases.where(event.where)
        table.add_row(
            event.id,
            phrases.when(event.when),
            _dyad(event, phrases),
            _lines(
                [_told_act(event, phrases), _words(event, phrases), Text(f"in {place}" if place else ""), _links(event, phrases)]
            ),
            _asserter(event, phrases),
            _sure(event.confidence),
        )
    return table


def _statements(record: Record, phrases: Phrases, width: int) -> Table:
    table = _table(leading=0 if width >= WIDE else 1)
    table.add_column("#", no_wrap=True)
    table.add_column("speaker → addressee", ratio=4, overflow="fold")
    table.add_column("kind", no_wrap=True)
    table.add_column("words", ratio=9, overflow="fold")
    table.add_column("about", ratio=3, overflow="fold")
    for statement in record.statements:
        table.add_row(
            statement.id,
            _speakers(statement, phrases),
            statement.kind or "",
            phrases.content(statement),
            phrases.about(statement),
        )
    return table


def _table(leading: int = 0) -> Table:
    return Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1, 0, 0), pad_edge=False, leading=leading)


def _dyad(event: Event, phrases: Phrases) -> Text:
    dyad = _actors(event.actors, phrases)
    if event.recipients:
        dyad.append(" → ").append_text(_actors(event.recipients, phrases))
    return dyad


def _actors(mentions: tuple[Mention, ...], phrases: Phrases) -> Text:
    return Text(", ").join(_actor(mention, phrases) for mention in phrases.distinct(mentions)) if mentions else Text("–")


def _actor(mention: Mention, phrases: Phrases) -> Text:
    actor = Text(phrases.name(mention))
    if standing := phrases.stands_for(mention):
        actor.append(f" {standing}", style=styles().of("quiet"))
    return actor


def _asserter(event: Event, phrases: Phrases) -> Text:
    return _actor(event.asserter, phrases) if event.asserter else Text("article", style=styles().of("quiet"))


def _told_act(event: Event, phrases: Phrases) -> Text:
    told = Text() if event.factuality == "happened" else Text(f"{event.factuality.upper()} ", style=styles().of(event.factuality))
    return told.append(phrases.act(event), style=styles().of_type(event.type))


def _words(event: Event, phrases: Phrases) -> Text:
    context = phrases.in_context(event)
    return Text.assemble(context.before, (f"[{context.trigger}]", styles().of_type(event.type)), context.after)


def _links(event: Event, phrases: Phrases) -> Text:
    links = "; ".join(phrases.links(event))
    return Text(f"↳ {links}" if links else "", style=styles().of("quiet"))


def _speakers(statement: Statement, phrases: Phrases) -> Text:
    speakers = _actor(statement.speaker, phrases) if statement.speaker else Text("–")
    if statement.addressee:
        speakers.append(" → ").append_text(_actor(statement.addressee, phrases))
    if statement.via:
        speakers.append(" via ", style=styles().of("quiet")).append_text(_actor(statement.via, phrases))
    return speakers


def _sure(confidence: float | None) -> str:
    return "" if confidence is None else f"{confidence:.2f}"


def _lines(parts: Iterable[Text]) -> Text:
    return Text("\n").join(part for part in parts if part.plain)
