import csv
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from dragoman.cli import cli
from dragoman.ledger.store import Ledger
from dragoman.record import Record

Make = Callable[..., Record]


def dragoman(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def lines(result: Result) -> list[dict]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def filled(path: Path, tmp_path: Path, record: Make) -> Path:
    """A ledger of one visit that two papers tell in the same words."""
    records = tmp_path / "records.jsonl"
    told = [record("fd1", outlet="=Fjord Daily"), record("bt1", outlet="Bay Times", published="2023-10-18")]
    records.write_text("".join(one.to_json() + "\n" for one in told), encoding="utf-8")
    done = dragoman("ingest", "--records", records, "--ledger", path)
    assert done.exit_code == 0, done.output
    assert "2 new articles, 0 new versions, 0 known already; 2 events." in done.stderr
    return path


def test_a_story_is_read_into_a_ledger(path: Path, tmp_path: Path):
    story = tmp_path / "story.txt"
    story.write_text("Foreign Minister Marte Lindqvist of Norway flew to Hanoi on Monday and met Vietnam's prime minister.\n")
    assert dragoman("ingest", story, "--ledger", path, "--published", "2023-10-17").exit_code == 0
    again = dragoman("ingest", story, "--ledger", path, "--published", "2023-10-17")
    assert "0 new articles, 0 new versions, 1 known already" in again.stderr
    assert {line["type"] for line in lines(dragoman("events", "--ledger", path))} == {"CONSULT"}


def test_inputs_that_cannot_be_read_are_listed_and_the_rest_is_kept(path: Path, tmp_path: Path, record: Make):
    records = tmp_path / "records.jsonl"
    records.write_text(record("fd1").to_json() + "\nnot json\n", encoding="utf-8")
    done = dragoman("ingest", "--records", records, "--ledger", path)
    assert done.exit_code == 1
    assert "1 input could not be read" in done.stderr
    assert f"{records}:2" in done.stderr
    assert len(lines(dragoman("articles", "--ledger", path))) == 1


def test_events_come_with_their_article_their_offsets_and_their_claim(filled: Path):
    [first, _] = lines(dragoman("events", "--ledger", filled))
    assert first["article"] == "fd1"
    assert first["event"] == "e1"
    assert first["claim"] == "claim:fd1:e1"
    assert first["trigger"]["text"] == "flew"
    assert first["actors"][0]["country"] == "NOR"


def test_claims_name_their_events_and_who_takes_part(filled: Path):
    [claim] = lines(dragoman("claims", "--ledger", filled, "--format", "jsonl"))
    assert claim["type"] == "CONSULT"
    assert claim["events"] == [{"article": "fd1", "event": "e1"}, {"article": "bt1", "event": "e1"}]
    assert claim["disputed_by"] == []
    assert [party["country"] for party in claim["actors"]] == ["NOR"]
    assert claim["status"]


def test_a_pair_is_asked_for_in_either_order(filled: Path):
    assert len(lines(dragoman("events", "--ledger", filled, "--pair", "VNM", "NOR"))) == 2
    assert lines(dragoman("events", "--ledger", filled, "--pair", "VNM", "PER")) == []


def test_statements_leave_their_text_out_when_asked_to(filled: Path):
    assert "fishing rights" in dragoman("statements", "--ledger", filled).stdout
    assert "fishing rights" not in dragoman("statements", "--ledger", filled, "--without-text").stdout


def test_no_cell_of_csv_is_a_formula(filled: Path):
    done = dragoman("events", "--ledger", filled, "--format", "csv")
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert [row["outlet"] for row in rows] == ["'=Fjord Daily", "Bay Times"]
    assert [row["actors"] for row in rows] == ["Norway (NOR)"] * 2
    assert [row["date"] for row in rows] == ["2023-10-16"] * 2


@pytest.mark.parametrize("name", ["events", "statements", "claims", "articles"])
def test_every_listing_goes_into_parquet_and_a_table(filled: Path, tmp_path: Path, name: str):
    target = tmp_path / "lines.parquet"
    assert dragoman(name, "--ledger", filled, "-o", target).exit_code == 0
    assert pq.read_table(target).num_rows == len(lines(dragoman(name, "--ledger", filled)))
    assert dragoman(name, "--ledger", filled, "--format", "table").exit_code == 0


def test_parquet_without_a_file_is_refused(filled: Path):
    assert dragoman("events", "--ledger", filled, "--format", "parquet").exit_code == 2


@pytest.mark.parametrize(
    ("id", "shown"),
    [
        ("claim:fd1:e1", "[flew] to Hanoi"),
        ("bt1:e1", "Norway [flew] to Hanoi"),
        ("fd1:s1", "fd1:s1"),
        ("fd1", "flew|CONSULT"),
    ],
)
def test_one_thing_is_shown_in_its_words(filled: Path, id: str, shown: str):
    done = dragoman("show", id, "--ledger", filled)
    assert done.exit_code == 0, done.output
    assert shown in " ".join(done.stdout.split())


def test_what_is_not_there_cannot_be_shown(filled: Path):
    done = dragoman("show", "fd1:e9", "--ledger", filled)
    assert done.exit_code == 1
    assert "fd1:e9: is nothing in" in done.stderr


def test_a_sound_ledger_passes_its_check(filled: Path):
    assert dragoman("check", "--ledger", filled).exit_code == 0


def test_a_ledger_with_a_fault_does_not(filled: Path):
    with Ledger.open_to_write(filled) as ledger, ledger._engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM claims")
    done = dragoman("check", "--ledger", filled)
    assert done.exit_code == 1
    assert "belong to no claim" in done.stderr


def test_a_ledger_that_is_not_there_is_one_clear_line(path: Path):
    for command in ("events", "statements", "claims", "articles", "check"):
        done = dragoman(command, "--ledger", path)
        assert done.exit_code == 1
        assert done.stderr.count("\n") == 1
        assert "dragoman ingest" in done.stderr
    assert not path.exists()


def test_a_date_of_another_form_is_refused(filled: Path):
    done = dragoman("events", "--ledger", filled, "--since", "last week")
    assert done.exit_code == 1
    assert "2023-10-19" in done.stderr
