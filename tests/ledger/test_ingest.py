import gzip
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.article import Article
from dragoman.errors import DragomanError, InputError
from dragoman.ledger.database import LedgerError
from dragoman.ledger.ingest import Ingested, ingest_articles, ingest_records, records_in
from dragoman.ledger.store import Ledger, Outcome
from dragoman.record import Record

Make = Callable[..., Record]
DRAGOMAN = Path(sys.executable).with_name("dragoman")
STORY = "Foreign Minister Marte Lindqvist of Norway flew to Hanoi on Monday and met Vietnam's prime minister."


@pytest.fixture
def records(tmp_path: Path, record: Make) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text("".join(record(id, outlet=id).to_json() + "\n" for id in ("fd1", "bt1", "lp1")), encoding="utf-8")
    return path


def outcomes(found: list[Ingested | DragomanError]) -> list[str]:
    return [f.outcome if isinstance(f, Ingested) else str(f) for f in found]


def test_records_go_in_as_they_are(ledger: Ledger, records: Path, record: Make):
    assert outcomes(list(ingest_records(ledger, records_in(records)))) == ["new"] * 3
    assert ledger.record("bt1") == record("bt1", outlet="bt1")


def test_a_second_run_finishes_what_the_first_began_without_doubles(ledger: Ledger, records: Path):
    first = ingest_records(ledger, records_in(records))
    next(first)
    first.close()
    assert outcomes(list(ingest_records(ledger, records_in(records)))) == ["known", "new", "new"]
    assert len(list(ledger.articles())) == 3


def test_gzipped_records_go_in_too(ledger: Ledger, records: Path, tmp_path: Path):
    zipped = tmp_path / "records.gz"
    zipped.write_bytes(gzip.compress(records.read_bytes()))
    assert outcomes(list(ingest_records(ledger, records_in(zipped)))) == ["new"] * 3


def test_a_line_that_is_no_record_is_named_and_the_rest_goes_on(ledger: Ledger, records: Path):
    lines = records.read_text(encoding="utf-8").splitlines()
    records.write_text("\n".join([lines[0], '{"text": "no record"}', "", lines[1]]), encoding="utf-8")
    found = outcomes(list(ingest_records(ledger, records_in(records))))
    assert found[0] == found[2] == "new"
    assert f"{records}:2: is no record (article: " in found[1]


def test_gzipped_records_that_end_too_soon_keep_what_was_whole(ledger: Ledger, records: Path, tmp_path: Path):
    cut = tmp_path / "cut.gz"
    cut.write_bytes(gzip.compress(records.read_bytes(), compresslevel=0)[:-200])
    *good, last = ingest_records(ledger, records_in(cut))
    assert outcomes(good) == ["new", "new"]
    assert isinstance(last, InputError)
    assert "cannot be read on" in str(last)


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(InputError, match=r"nothing.jsonl: cannot be read"):
        list(records_in(tmp_path / "nothing.jsonl"))


def test_an_article_is_read_once(ledger: Ledger):
    article = Article(id="fd1", text=STORY, published="2023-10-17")
    assert outcomes(list(ingest_articles(ledger, [article]))) == [Outcome.NEW]
    assert outcomes(list(ingest_articles(ledger, [article]))) == [Outcome.KNOWN]
    assert {event.type for event in ledger.events()} == {"CONSULT"}


def test_a_killed_run_that_is_finished_gives_the_ledger_of_an_undisturbed_one(tmp_path: Path, record: Make):
    records = tmp_path / "records.jsonl"
    told = [record(f"p{n:02}", published=f"2023-10-{17 + n % 9}", outlet=f"Paper {n}") for n in range(30)]
    records.write_text("".join(one.to_json() + "\n" for one in told), encoding="utf-8")
    with Ledger.open_to_write(tmp_path / "undisturbed") as ledger:
        list(ingest_records(ledger, records_in(records)))
        wanted = contents(ledger)
    killed = tmp_path / "killed"
    with subprocess.Popen([DRAGOMAN, "ingest", "--records", records, "--ledger", killed], stderr=subprocess.DEVNULL) as run:
        while run.poll() is None and not begun(killed):
            time.sleep(0.01)
        run.kill()
    with Ledger.open_to_write(killed) as ledger:
        assert ledger.faults() == []
        list(ingest_records(ledger, records_in(records)))
        assert ledger.faults() == []
        assert contents(ledger) == wanted


def begun(path: Path) -> bool:
    """Whether a ledger holds something already."""
    try:
        with Ledger.open(path) as ledger:
            return bool(list(ledger.articles()))
    except LedgerError:
        return False


def contents(ledger: Ledger) -> list[str]:
    """All lines but for the clock."""
    articles = [line.model_copy(update={"added": ""}) for line in ledger.articles()]
    return sorted(line.to_json() for line in [*articles, *ledger.events(), *ledger.statements(), *ledger.claims()])
