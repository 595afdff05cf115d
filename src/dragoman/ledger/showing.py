"""One thing of a ledger for people: a claim with its tellings, an event or a statement in its sentence, an article."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TextIO

from rich.console import Console
from rich.text import Text

from dragoman.ledger.lines import ClaimLine, ClaimParty, Told
from dragoman.ledger.store import Ledger
from dragoman.mark.sentences import split_sentences
from dragoman.record import Event, Record, Span, Statement
from dragoman.show.marked import legend, marked_text, origin
from dragoman.show.phrases import Phrases
from dragoman.show.styles import styles
from dragoman.show.table import story
from dragoman.show.terminal import one_line


def show_claim(ledger: Ledger, claim: ClaimLine, stream: TextIO) -> None:
    """Writes a claim: who did what to whom, how sure it is, and each telling of it in its sentence."""
    console = _console(stream)
    who = f"{_names(claim.actors)} → {_names(claim.recipients)}" if claim.recipients else _names(claim.actors)
    console.print(Text(one_line(f"{claim.type}  {who}"), style=styles().of("heading")))
    console.print(Text(one_line(f"{claim.id} · {_standing(claim)}"), style=styles().of("quiet")))
    for told in claim.events:
        _show_told(ledger, told, "", console)
    for told in claim.disputed_by:
        _show_told(ledger, told, "contested: ", console)


def show_part(record: Record, id: str, stream: TextIO) -> bool:
    """Writes an event or a statement of a record in its sentence; False where the record has none of this id."""
    console = _console(stream)
    event = next((e for e in record.events if e.id == id), None)
    statement = next((s for s in record.statements if s.id == id), None)
    if event is not None:
        _show_event(record, event, "", console)
    if statement is not None:
        _show_statement(record, statement, console)
    return event is not None or statement is not None


def show_record(record: Record, stream: TextIO) -> None:
    """Writes an article: its text with the marks in it, or its tables where the ledger keeps no text."""
    console = _console(stream)
    if record.article.text is None:
        console.print(story(record, console.width))
        return
    for part in (origin(record), marked_text(record), Text(""), legend()):
        console.print(part)


def _console(stream: TextIO) -> Console:
    return Console(file=stream, markup=False, emoji=False, highlight=False)


def _names(parties: Iterable[ClaimParty]) -> str:
    return ", ".join(f"{p.name} ({p.country})" if p.country else str(p.name) for p in parties) or "?"


def _standing(claim: ClaimLine) -> str:
    parts = [claim.status, claim.date or "no date", f"{claim.independent} independent"]
    if claim.deniers:
        parts.insert(1, f"disputed by {_names(claim.deniers)}")
    return " · ".join(parts)


def _show_told(ledger: Ledger, told: Told, before: str, console: Console) -> None:
    for record in ledger.versions(told.article):
        event = next((e for e in record.events if e.id == told.event), None)
        if event is not None:
            _show_event(record, event, before, console)
            return


def _show_event(record: Record, event: Event, before: str, console: Console) -> None:
    phrases = Phrases(record)
    told = f"{before}{record.article.id}:{event.id} · {record.article.published or '?'} · {record.article.outlet or '?'}"
    asserter = f" · says {phrases.side(event.asserter)}" if event.asserter else ""
    console.print()
    console.print(Text(one_line(f"{told} · {phrases.act(event)} · {event.factuality}{asserter}"), style=styles().of("quiet")))
    console.print(_in_sentence(record, [event.trigger], styles().of_type(event.type)))


def _show_statement(record: Record, statement: Statement, console: Console) -> None:
    told = f"{record.article.id}:{statement.id} · {record.article.published or '?'} · {record.article.outlet or '?'}"
    console.print()
    console.print(Text(one_line(told), style=styles().of("quiet")))
    spans = [*statement.content, *(part for part in (statement.speaker, statement.cue) if part)]
    console.print(_in_sentence(record, spans, styles().of("heading")))


def _in_sentence(record: Record, spans: list[Span], style: str) -> Text:
    """The sentences that hold the spans, these between `[` and `]` in their style; their words alone without a text."""
    text = record.article.text
    if text is None:
        return Text(one_line(" … ".join(span.text or "" for span in spans)), style=style)
    shown = Text()
    for at, sentence in enumerate(s for s in split_sentences(text) if any(s.start < p.end and p.start < s.end for p in spans)):
        shown.append(" " if at else "")
        for piece in _pieces(sentence.start, sentence.end, spans):
            words = one_line(text[piece.start : piece.end])
            blank = " " if text[piece.end - 1 : piece.end].isspace() else ""
            marked = any(p.start <= piece.start and piece.end <= p.end for p in spans)
            lead = " " if text[piece.start].isspace() else ""
            shown.append(lead + (f"[{words}]" if marked else words) + blank, style=style if marked else "")
    return shown


def _pieces(start: int, end: int, spans: list[Span]) -> Iterator[Span]:
    """The stretch from start to end, cut at the edges of the spans."""
    edges = sorted({start, end, *(e for span in spans for e in (span.start, span.end) if start < e < end)})
    return (Span(start=a, end=b) for a, b in pairwise(edges))
