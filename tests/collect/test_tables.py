"""Rows of CSV and Parquet files become articles."""

import datetime
import gzip
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from dragoman.article import Article
from dragoman.collect import CollectOptions, collect
from dragoman.errors import InputError

COLUMNS = {"text": "body", "published": "date"}


def read(path: Path, **options: object) -> list[Article | InputError]:
    return list(collect([str(path)], CollectOptions(**options)))  # type: ignore[arg-type]


def texts(path: Path, **options: object) -> list[str]:
    return [found.text if isinstance(found, Article) else str(found).removeprefix(f"{path} ") for found in read(path, **options)]


def table(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_columns_say_which_column_holds_what_and_others_go_by_their_names(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", 'id,date,body,outlet,words\n7,2023-10-19,"They met,\r\nand left.",The Example,4\n')
    assert read(path, columns=COLUMNS) == [
        Article(id="7", text="They met,\r\nand left.", published="2023-10-19", outlet="The Example")
    ]


def test_columns_named_like_the_fields_need_no_telling(tmp_path: Path) -> None:
    assert texts(table(tmp_path / "a.csv", "title,text\nT,They met.\n")) == ["They met."]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_by_the_header(tmp_path: Path, delimiter: str) -> None:
    path = table(tmp_path / "a.csv", f"id{delimiter}text\r\n1{delimiter}They met\r\n")
    assert texts(path) == ["They met"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_tables_of_spreadsheets_are_read_in_their_encodings(tmp_path: Path, encoding: str) -> None:
    assert texts(table(tmp_path / "a.csv", "text,title\nThe café “closed”.,é\n".encode(encoding))) == ["The café “closed”."]


def test_a_bad_row_is_named_by_its_number_and_the_others_are_read(tmp_path: Path) -> None:
    rows = ["text,published", "They met.,2023-10-19", "one cell", "They left.,soon", ",2023-10-19", "a,b,c", "They came back.,"]
    assert texts(table(tmp_path / "a.csv", "\n".join(rows))) == [
        "They met.",
        "row 2: 1 cells under a header of 2; quote cells that hold ','",
        "row 3: 'published' is 'soon', not an ISO date such as 2023-10-19",
        "row 4: its 'text' is null; an article needs a text",
        "row 5: 3 cells under a header of 2; quote cells that hold ','",
        "They came back.",
    ]


def test_a_cell_that_cannot_be_decoded_costs_its_row_alone(tmp_path: Path) -> None:
    broken = "“They met” – ".encode() + b"\xe2\x80"
    found = texts(table(tmp_path / "a.csv", b"text\nThey met.\n" + broken + b"\nThey left.\n"))
    assert [found[0], found[2]] == ["They met.", "They left."]
    assert found[1].startswith("row 2: not valid UTF-8 at byte")


@pytest.mark.parametrize(
    ("content", "columns", "reason"),
    [
        ("body,date\nx,y\n", {}, "no column 'text'; tell with --columns text=… which of 'body', 'date' holds it"),
        ("body,date\nx,y\n", {"text": "content"}, "no column 'content'; it has 'body', 'date'"),
        ("text,text\nx,y\n", {}, "two columns named 'text'"),
        ("text,date\n", {}, "a table without rows"),
        ("text", {}, "not a CSV file that can be read"),
        ("text,b\n" + "x" * 5000 + ",y\n", {}, "not a CSV file that can be read after row 0"),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, content: str, columns: dict[str, str], reason: str) -> None:
    [found] = texts(table(tmp_path / "a.csv", content), columns=columns, max_bytes=2000)
    assert reason in found


def test_parquet_is_read_with_its_types(tmp_path: Path) -> None:
    rows = pa.table(
        {
            "id": [7, 8, 9],
            "body": ["They met.\r\n", None, "They left."],
            "date": [datetime.date(2023, 10, 19), None, None],
            "unread": [{"a": 1}, None, None],
        }
    )
    parquet.write_table(rows, tmp_path / "a.parquet")
    first, second, third = read(tmp_path / "a.parquet", columns=COLUMNS, published="2020-01-01")
    assert first == Article(id="7", text="They met.\r\n", published="2023-10-19")
    assert str(second).endswith("a.parquet row 2: its 'text' is null; an article needs a text")
    assert third == Article(id="9", text="They left.", published="2020-01-01")


def test_gzipped_tables_are_read(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"text": ["They met."]}), tmp_path / "a.parquet")
    packed = table(tmp_path / "b.parquet.gz", gzip.compress((tmp_path / "a.parquet").read_bytes()))
    assert texts(packed) == ["They met."]
    assert texts(table(tmp_path / "c.csv.gz", gzip.compress(b"text\nThey met.\n"))) == ["They met."]


def test_broken_and_empty_parquet_is_refused(tmp_path: Path) -> None:
    assert "not a Parquet file that can be read" in texts(table(tmp_path / "a.parquet", b"PAR1 and no more"))[0]
    assert "not a Parquet file that can be read" in texts(table(tmp_path / "b.parquet", b""))[0]
    parquet.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "c.parquet")
    assert "a table without rows" in texts(tmp_path / "c.parquet")[0]


def test_a_long_table_is_read_a_batch_at_a_time(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", "text\n" + "They met on Monday.\n" * 5_000)
    found = collect([str(path)], CollectOptions(max_bytes=10_000))
    assert isinstance(next(found), Article)
    assert sum(isinstance(article, Article) for article in found) == 4_999
