"""Lines of a ledger as JSON Lines, CSV, Parquet, or a table for people."""

import csv
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Literal, TextIO

from dragoman.errors import DragomanError
from dragoman.ledger.lines import ArticleLine, ClaimLine, EventLine, Line, StatementLine
from dragoman.show.terminal import one_line

Format = Literal["table", "csv", "jsonl", "parquet"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ROWS_AT_ONCE = 10_000
_SHOWN = {
    EventLine: ("article", "event", "date", "type", "factuality", "actors", "trigger", "recipients", "asserter", "place"),
    StatementLine: ("article", "statement", "published", "speaker", "cue", "content", "about"),
    ClaimLine: ("id", "date", "type", "status", "actors", "recipients", "support", "independent", "told_by", "disputed_by"),
    ArticleLine: ("id", "version", "published", "outlet", "title", "origin", "copies", "events", "statements"),
}
"""Columns of the table for people; a terminal is too narrow for all."""


def write_listing(lines: Iterable[Line], kind: type[Line], form: Format, stream: TextIO) -> None:
    """Writes the lines to a stream of text, in any form but Parquet."""
    if form == "jsonl":
        for line in lines:
            stream.write(line.to_json() + "\n")
    elif form == "csv":
        _write_csv(lines, kind, stream)
    else:
        _write_table(lines, kind, stream)


def write_parquet(lines: Iterable[Line], kind: type[Line], path: Path) -> None:
    """Writes the lines to a Parquet file, a column a field; lists and parts of a line are JSON in their column.

    Raises DragomanError where the file cannot be written.
    """
    import pyarrow as pa  # noqa: PLC0415 (slow to load)
    import pyarrow.parquet as pq  # noqa: PLC0415

    kinds = {"int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}
    schema = pa.schema([(name, kinds.get(_plain_kind(kind, name), pa.string())) for name in kind.model_fields])
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with pq.ParquetWriter(unfinished, schema) as writer:
            rows = map(_columnar, lines)
            while some := list(islice(rows, _ROWS_AT_ONCE)):
                writer.write_table(pa.Table.from_pylist(some, schema))
        unfinished.replace(path)
    except OSError as error:
        raise DragomanError(f"{path}: cannot be written ({error.strerror or error})") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _plain_kind(kind: type[Line], name: str) -> str:
    return str(getattr(kind.model_fields[name].annotation, "__name__", "")) if name != "confidence" else "float"


def _columnar(line: Line) -> dict[str, Any]:
    values = line.model_dump(mode="json")
    return {name: json.dumps(v, ensure_ascii=False) if isinstance(v, dict | list) else v for name, v in values.items()}


def _write_csv(lines: Iterable[Line], kind: type[Line], stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_flat_columns(kind))
    for line in lines:
        flat = _flat(line)
        writer.writerow([_harmless(flat.get(column, "")) for column in _flat_columns(kind)])


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP: a quote before it)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _write_table(lines: Iterable[Line], kind: type[Line], stream: TextIO) -> None:
    from rich import box  # noqa: PLC0415 (slow to load)
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in _SHOWN[kind]:
        table.add_column(name.replace("_", " "), overflow="fold")
    for line in lines:
        flat = _flat(line)
        table.add_row(*(Text(one_line(flat.get(name, ""))) for name in _SHOWN[kind]))
    if table.row_count:
        Console(file=stream).print(table)
    else:
        stream.write("Nothing found.\n")


def _flat_columns(kind: type[Line]) -> tuple[str, ...]:
    extra = {
        EventLine: ("start", "end", "date", "until", "place", "place_country", "lat", "lon"),
        StatementLine: ("start", "end"),
        ClaimLine: ("told_by",),
    }
    left = {EventLine: {"when", "where", "numbers"}, ClaimLine: set(), StatementLine: set(), ArticleLine: set()}
    return (*(name for name in kind.model_fields if name not in left[kind]), *extra.get(kind, ()))


def _flat(line: Line) -> dict[str, str]:
    """The line as cells of text: actors by name and country, spans by their words."""
    flat = {name: _cell(getattr(line, name)) for name in type(line).model_fields}
    if isinstance(line, EventLine):
        flat |= _flat_event(line)
    elif isinstance(line, StatementLine):
        flat |= {"start": _cell(line.content[0].start), "end": _cell(line.content[-1].end)} if line.content else {}
    elif isinstance(line, ClaimLine):
        flat["told_by"] = _counted(len({told.article for told in line.events}), "article")
    return flat


def _flat_event(line: EventLine) -> dict[str, str]:
    flat = {"start": str(line.trigger.start), "end": str(line.trigger.end)}
    if line.when:
        flat |= {"date": _cell(line.when.date), "until": _cell(line.when.until)}
    if line.where:
        where = line.where
        flat |= {"place": _cell(where.name or where.text), "place_country": _cell(where.country)}
        flat |= {"lat": _cell(where.lat), "lon": _cell(where.lon)}
    return flat


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(filter(None, map(_cell, value)))
    if hasattr(value, "article") and hasattr(value, "event"):
        return f"{value.article}:{value.event}"
    if hasattr(value, "sector"):
        name = value.name or getattr(value, "text", None) or ""
        return f"{name} ({value.country})" if value.country else name
    return str(getattr(value, "text", None) or "") if hasattr(value, "start") else str(value)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def shown(lines: Iterable[Line], without_text: bool) -> Iterator[Line]:
    """The lines, without the articles' text where that is asked for."""
    return (line.without_text() for line in lines) if without_text else iter(lines)
