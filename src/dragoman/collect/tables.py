"""Articles in the rows of CSV and Parquet files, read a batch at a time."""

# ruff: noqa: PLC0415 (large libraries are imported when they are first needed)
import codecs
import csv
import datetime
import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from dragoman.collect.articles import article_of, listed
from dragoman.collect.decoding import decoded
from dragoman.collect.document import Document, megabytes
from dragoman.collect.options import ARTICLE_FIELDS, Collected, CollectOptions
from dragoman.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

_DELIMITERS = ",;\t|"
_BATCH = 64
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class _Column:
    """Where a field of the article stands in the table; `key` is the name that pyarrow knows the column by."""

    field: str
    key: str


@dataclass(frozen=True, slots=True)
class _Header:
    """The header of a CSV file: its names, the character between them, and the lines that it takes."""

    names: tuple[str, ...]
    delimiter: str
    lines: int


@dataclass(slots=True)
class _Rows:
    """Counts the rows below the header from 1; `bad` are those that pyarrow left out, by number."""

    document: Document
    bad: dict[int, InputError] = field(default_factory=dict)
    number: int = 0

    def skip(self, number: int, reason: str) -> None:
        self.bad[number] = InputError(self._name(number), reason)

    def next_name(self) -> str:
        self.number += 1
        return self._name(self.number)

    def errors_before_next(self) -> Iterator[InputError]:
        while error := self.bad.pop(self.number + 1, None):
            self.number += 1
            yield error

    def _name(self, number: int) -> str:
        return f"{self.document.name} row {number}"


def read_csv(document: Document, options: CollectOptions) -> Iterator[Collected]:
    """The articles of a CSV file with a header, delimited by comma, semicolon, tab or bar.

    A row that is no article is an error of its own; rows are counted from 1 below the header.
    """
    import pyarrow as pa

    header = _header(document)
    columns = _columns(document.name, header.names, options)
    keyed = [_Column(column.field, str(header.names.index(column.key))) for column in columns]
    rows = _Rows(document)
    try:
        yield from _articles(_csv_batches(document, header, keyed, rows, options), keyed, rows, options)
    except pa.ArrowInvalid as error:
        raise InputError(
            document.name, f"not a CSV file that can be read after row {rows.number} ({_first_line(error)})"
        ) from None


def read_parquet(document: Document, options: CollectOptions) -> Iterator[Collected]:
    """The articles of a Parquet file; a row that is no article is an error of its own."""
    import pyarrow as pa
    from pyarrow import parquet

    with _seekable(document.stream) as stream:
        try:
            file = parquet.ParquetFile(stream)
            columns = _columns(document.name, file.schema_arrow.names, options)
            batches = file.iter_batches(_BATCH, columns=[column.key for column in columns])
            yield from _articles(batches, columns, _Rows(document), options)
        except (pa.ArrowException, OSError) as error:
            raise InputError(document.name, f"not a Parquet file that can be read ({_first_line(error)})") from None


def _header(document: Document) -> _Header:
    text = document.head.decode("utf-16" if document.head.startswith(_WIDE) else "utf-8-sig", errors="replace")
    if not text.strip():
        raise InputError(document.name, "empty; there is nothing to read")
    first = text.lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    names = next((row for row in reader if row), [])
    return _Header(tuple(name.strip() for name in names), delimiter, reader.line_num)


def _columns(name: str, names: Sequence[str], options: CollectOptions) -> list[_Column]:
    """Which column holds which field, by the options and by name; raises InputError where a column told is not there."""
    for told in options.columns.values():
        if told not in names:
            raise InputError(name, f"no column {told!r}; it has {listed(names)}")
    columns = [_Column(f, options.columns.get(f, f)) for f in ARTICLE_FIELDS]
    found = [column for column in columns if column.key in names]
    if not any(column.field == "text" for column in found):
        raise InputError(name, f"no column 'text'; tell with --columns text=… which of {listed(names)} holds it")
    for column in found:
        if list(names).count(column.key) > 1:
            raise InputError(name, f"two columns named {column.key!r}; rename one of them")
    return found


def _csv_batches(
    document: Document, header: _Header, columns: Sequence[_Column], rows: _Rows, options: CollectOptions
) -> "Iterable[pa.RecordBatch]":
    """Batches of cells in bytes, so that one cell that cannot be decoded costs only its row."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    def skip(row: Any) -> str:
        rows.skip(
            row.number - header.lines,
            f"{row.actual_columns} cells under a header of {row.expected_columns}; quote cells that hold {header.delimiter!r}",
        )
        return "skip"

    keys = [str(number) for number in range(len(header.names))]
    return cast(
        "Iterable[pa.RecordBatch]",
        arrow_csv.open_csv(
            document.stream,
            read_options=arrow_csv.ReadOptions(
                use_threads=False,
                block_size=options.max_bytes,
                encoding="utf-16" if document.head.startswith(_WIDE) else "utf-8",
                column_names=keys,
                skip_rows=header.lines,
            ),
            parse_options=arrow_csv.ParseOptions(delimiter=header.delimiter, newlines_in_values=True, invalid_row_handler=skip),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(keys, pa.binary()), include_columns=[column.key for column in columns]
            ),
        ),
    )


def _articles(
    batches: "Iterable[pa.RecordBatch]", columns: Sequence[_Column], rows: _Rows, options: CollectOptions
) -> Iterator[Collected]:
    for batch in batches:
        for index in range(batch.num_rows):
            yield from rows.errors_before_next()
            cells = {column.field: batch.column(column.key)[index] for column in columns}
            yield _article_of_row(rows.next_name(), cells, options)
    yield from rows.errors_before_next()
    if rows.number == 0:
        raise InputError(rows.document.name, "a table without rows; there is nothing to read")


def _article_of_row(name: str, cells: "dict[str, pa.Scalar[Any]]", options: CollectOptions) -> Collected:
    try:
        return article_of(name, {field: _told(name, cell, options) for field, cell in cells.items()}, options)
    except InputError as error:
        return error


def _told(name: str, cell: "pa.Scalar[Any]", options: CollectOptions) -> object:
    """What a cell holds, as an article's field: nothing for an empty one."""
    buffer = cell.as_buffer() if cell.is_valid and hasattr(cell, "as_buffer") else None
    if buffer is not None and buffer.size > options.max_bytes:
        raise InputError(name, f"a cell larger than {megabytes(options.max_bytes)}, the most that one article may have; split it")
    value = cell.as_py()
    if isinstance(value, bytes):
        value = decoded(name, value)
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    return value if value != "" else None


def _seekable(stream: BinaryIO) -> BinaryIO:
    """The stream in a temporary file, as Parquet is read from its end."""
    copy = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 (closed by the caller)
    shutil.copyfileobj(stream, copy)
    copy.seek(0)
    return copy


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0][:160]
