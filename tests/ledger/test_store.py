import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from dragoman.errors import DragomanError, InputError
from dragoman.ledger.database import MIGRATIONS, LedgerError, open_to_write
from dragoman.ledger.schema import APPLICATION_ID, REVISIONS, metadata
from dragoman.ledger.search import Filter, Pair
from dragoman.ledger.store import Ledger, Outcome
from dragoman.record import Record

Make = Callable[..., Record]
OTHER = (
    "Peru's finance minister resigned on Friday after the congress in Lima had refused his budget for the third time in a "
    "month, and the president thanked him for his service before naming a banker from Arequipa in his place until the spring."
)


def contents(ledger: Ledger) -> list[str]:
    lines = [*ledger.articles(), *ledger.events(), *ledger.statements(), *ledger.claims()]
    return sorted(line.model_copy(update={"added": ""}).to_json() if hasattr(line, "added") else line.to_json() for line in lines)


class TestOnce:
    def test_an_article_is_kept_with_its_events_statements_and_claims(self, ledger: Ledger, record: Make):
        assert ledger.add(record("fd1")) is Outcome.NEW
        assert [line.id for line in ledger.articles()] == ["fd1"]
        assert [(line.article, line.event, line.type) for line in ledger.events()] == [("fd1", "e1", "CONSULT")]
        assert [line.statement for line in ledger.statements()] == ["s1"]
        assert [[(told.article, told.event) for told in claim.events] for claim in ledger.claims()] == [[("fd1", "e1")]]
        assert ledger.record("fd1") == record("fd1")

    def test_the_same_article_again_changes_nothing(self, ledger: Ledger, record: Make):
        ledger.add(record("fd1"))
        before = contents(ledger)
        assert ledger.add(record("fd1")) is Outcome.KNOWN
        assert contents(ledger) == before

    def test_the_same_address_and_text_under_another_id_change_nothing(self, ledger: Ledger, record: Make):
        ledger.add(record("fd1", url="https://fjord.example/1"))
        assert ledger.add(record("fd2", url="https://fjord.example/1")) is Outcome.KNOWN

    def test_another_text_is_a_new_version_and_the_earlier_one_counts_no_more(self, ledger: Ledger, record: Make):
        ledger.add(record("fd1"))
        corrected = record("fd1", text=OTHER, trigger="resigned", type="RETREAT", mode="resign", when={"date": "2023-10-13"})
        assert ledger.add(corrected) is Outcome.CORRECTED
        assert [(line.version, line.current) for line in ledger.articles(Filter(all_versions=True))] == [(1, False), (2, True)]
        assert [line.type for line in ledger.events()] == ["RETREAT"]
        assert ledger.record("fd1") == corrected
        assert ledger.record("fd1", 1) == record("fd1")

    def test_what_an_article_told_before_its_correction_is_retracted(self, ledger: Ledger, record: Make):
        ledger.add(record("fd1"))
        ledger.add(record("fd1", text=OTHER, trigger="resigned", type="RETREAT", mode="resign", when={"date": "2023-10-13"}))
        statuses = {claim.type: claim.status for claim in ledger.claims()}
        assert statuses["CONSULT"] == "retracted"
        assert statuses["RETREAT"] != "retracted"

    def test_an_earlier_text_that_comes_once_more_changes_nothing(self, ledger: Ledger, record: Make):
        ledger.add(record("fd1"))
        ledger.add(record("fd1", text=OTHER, trigger="resigned"))
        assert ledger.add(record("fd1")) is Outcome.KNOWN

    def test_a_record_without_its_text_is_the_same_article(self, ledger: Ledger, record: Make):
        ledger.add(record("fd1"))
        assert ledger.add(record("fd1").without_text()) is Outcome.KNOWN


class TestFamilies:
    def test_a_copy_in_another_paper_is_kept_and_goes_back_to_the_earliest(self, ledger: Ledger, record: Make):
        first = record("fd1")
        ledger.add(record("bt1", text="Minister in Hanoi\n\n" + first.article.text, published="2023-10-18", outlet="Bay Times"))
        ledger.add(first)
        assert {line.id: line.origin for line in ledger.articles()} == {"bt1": "fd1", "fd1": "fd1"}
        assert [line.copies for line in ledger.articles()] == [1, 1]

    def test_a_credited_agency_is_the_origin_however_late_it_was_read(self, ledger: Ledger, record: Make):
        text = "HANOI (Reuters) - " + record("x").article.text
        ledger.add(record("fd1", text=text))
        ledger.add(record("re1", text=text, published="2023-10-18", outlet="Reuters"))
        assert {line.origin for line in ledger.articles()} == {"re1"}

    def test_copies_of_one_text_are_one_source_of_a_claim(self, ledger: Ledger, record: Make):
        ledger.add(record("fd1"))
        ledger.add(record("bt1", outlet="Bay Times"))
        [claim] = ledger.claims()
        assert len(claim.events) == 2
        assert claim.independent == 1

    def test_a_text_that_fifty_papers_print_is_one_claim_of_one_source(self, ledger: Ledger, record: Make):
        for number in range(50):
            ledger.add(record(f"p{number:02}", outlet=f"Paper {number}"))
        [claim] = ledger.claims()
        assert [told.article for told in claim.events] == [f"p{number:02}" for number in range(50)]
        assert claim.independent == 1

    def test_other_stories_are_families_of_their_own(self, ledger: Ledger, record: Make):
        ledger.add(record("fd1"))
        ledger.add(record("fd2", text=OTHER, trigger="resigned"))
        assert [line.origin for line in ledger.articles()] == ["fd1", "fd2"]


class TestClaims:
    def test_two_papers_that_tell_one_visit_make_one_claim(self, ledger: Ledger, record: Make):
        ledger.add(record("fd1"))
        own = (
            "Norway's foreign minister Marte Lindqvist flew to Hanoi on Monday for talks with Vietnam's leaders on fishing. "
            "It was her first trip to Asia since the election in September, and she is expected back in Oslo tomorrow night."
        )
        ledger.add(record("bt1", text=own, outlet="Bay Times"))
        claims = list(ledger.claims())
        assert [sorted(told.article for told in claim.events) for claim in claims] == [["bt1", "fd1"]]
        assert claims[0].id == "claim:fd1:e1"
        assert {line.claim for line in ledger.events()} == {"claim:fd1:e1"}

    def test_claims_do_not_depend_on_how_often_the_ledger_was_opened(self, tmp_path: Path, record: Make):
        records = [record(f"p{n}", published=f"2023-10-{17 + n % 3}", outlet=f"Paper {n}") for n in range(6)]
        with Ledger.open_to_write(tmp_path / "one") as ledger:
            for one in records:
                ledger.add(one)
            at_once = contents(ledger)
        for one in records:
            with Ledger.open_to_write(tmp_path / "two") as ledger:
                ledger.add(one)
        with Ledger.open(tmp_path / "two") as ledger:
            assert contents(ledger) == at_once

    def test_a_claim_that_is_not_there_is_none(self, ledger: Ledger):
        assert ledger.claim("claim:nothing:e1") is None


class TestAsking:
    @pytest.fixture
    def filled(self, ledger: Ledger, record: Make) -> Ledger:
        ledger.add(record("fd1"))
        ledger.add(
            record(
                "lp1",
                text=OTHER,
                published="2023-11-04",
                outlet="Lima Post",
                trigger="resigned",
                type="RETREAT",
                mode="resign",
                recipients=[],
                when={"date": "2023-11-03"},
            )
        )
        return ledger

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            (Filter(), ["fd1", "lp1"]),
            (Filter(side="VNM"), ["fd1"]),
            (Filter(side="NOR"), ["fd1", "lp1"]),
            (Filter(side="NOR:MIL"), []),
            (Filter(side="gov:VNM"), ["fd1"]),
            (Filter(pair=Pair("VNM", "NOR")), ["fd1"]),
            (Filter(pair=Pair("VNM", "PER")), []),
            (Filter(type="RETREAT"), ["lp1"]),
            (Filter(factuality="denied"), []),
            (Filter(since="2023-11"), ["lp1"]),
            (Filter(until="2023-10"), ["fd1"]),
            (Filter(since="2023", until="2023"), ["fd1", "lp1"]),
            (Filter(outlet="Lima Post"), ["lp1"]),
            (Filter(text="hanoi flew"), ["fd1"]),
            (Filter(text='"Lindqvist flew"'), []),
            (Filter(text='"flew to Hanoi"'), ["fd1"]),
            (Filter(article="lp1"), ["lp1"]),
            (Filter(limit=1), ["fd1"]),
            (Filter(status="retracted"), []),
        ],
        ids=repr,
    )
    def test_events_are_narrowed(self, filled: Ledger, asked: Filter, found: list[str]):
        assert [line.article for line in filled.events(asked)] == found

    def test_statements_are_found_by_speaker_by_whom_they_are_about_and_by_their_words(self, filled: Ledger):
        assert len(list(filled.statements(Filter(speaker="NOR")))) == 2
        assert not list(filled.statements(Filter(speaker="VNM")))
        assert len(list(filled.statements(Filter(about="VNM", text="fishing rights")))) == 2

    def test_claims_are_found_by_pair_time_and_words(self, filled: Ledger):
        assert [claim.id for claim in filled.claims(Filter(pair=Pair("NOR", "VNM")))] == ["claim:fd1:e1"]
        assert [claim.id for claim in filled.claims(Filter(since="2023-11-01"))] == ["claim:lp1:e1"]
        assert [claim.id for claim in filled.claims(Filter(text="budget"))] == ["claim:lp1:e1"]

    def test_articles_are_found_by_side_and_words(self, filled: Ledger):
        assert [line.id for line in filled.articles(Filter(side="VNM"))] == ["fd1"]
        assert [line.id for line in filled.articles(Filter(text="budget"))] == ["lp1"]

    @pytest.mark.parametrize("words", ["OR treaty", "NOT budget", "fish*", "words:hanoi", "^Foreign Peru", "NEAR(Oslo Lima)"])
    def test_no_search_word_is_taken_for_a_command(self, filled: Ledger, words: str):
        assert list(filled.events(Filter(text=words))) == []

    @pytest.mark.parametrize("words", ['"', "(", "-"])
    def test_a_search_without_a_word_is_refused(self, filled: Ledger, words: str):
        with pytest.raises(DragomanError, match="no word to look for"):
            list(filled.events(Filter(text=words)))


class TestTheFile:
    def test_a_sound_ledger_has_no_faults(self, ledger: Ledger, record: Make):
        ledger.add(record("fd1"))
        ledger.add(record("fd1", text=OTHER, trigger="resigned"))
        assert ledger.faults() == []

    def test_a_lost_event_is_a_fault(self, ledger: Ledger, path: Path, record: Make):
        ledger.add(record("fd1"))
        with sqlite3.connect(path) as raw:
            raw.execute("DELETE FROM events")
        assert any("lack events" in fault for fault in ledger.faults())

    def test_readers_see_a_ledger_while_it_is_written(self, ledger: Ledger, path: Path, record: Make):
        ledger.add(record("fd1"))
        with Ledger.open(path) as reader:
            lines = reader.events()
            assert next(lines).article == "fd1"
            ledger.add(record("fd2", text=OTHER, trigger="resigned"))
            assert list(lines) == []

    def test_a_missing_ledger_says_how_to_make_one(self, path: Path):
        with pytest.raises(LedgerError, match="dragoman ingest"):
            Ledger.open(path)

    def test_a_file_of_another_kind_is_no_ledger_and_stays_as_it_was(self, path: Path):
        path.write_text("Not a ledger, but long enough for the head of a database." * 20)
        before = path.read_bytes()
        for opening in (Ledger.open, Ledger.open_to_write):
            with pytest.raises(LedgerError, match="is no ledger"):
                opening(path)
        assert path.read_bytes() == before

    def test_a_database_of_another_program_is_no_ledger_and_stays_as_it_was(self, path: Path):
        with sqlite3.connect(path) as raw:
            raw.execute("CREATE TABLE notes (words TEXT)")
        before = path.read_bytes()
        for opening in (Ledger.open, Ledger.open_to_write):
            with pytest.raises(LedgerError, match="another program"):
                opening(path)
        assert path.read_bytes() == before

    def test_a_ledger_of_a_newer_version_says_so(self, path: Path):
        Ledger.open_to_write(path).close()
        with sqlite3.connect(path) as raw:
            raw.execute("UPDATE alembic_version SET version_num = '9999'")
        for opening in (Ledger.open, Ledger.open_to_write):
            with pytest.raises(LedgerError, match="newer Dragoman"):
                opening(path)

    def test_a_folder_that_is_not_there_is_named(self, tmp_path: Path):
        with pytest.raises(LedgerError, match="folder exists"):
            Ledger.open_to_write(tmp_path / "nowhere" / "news.ledger")

    def test_the_file_says_that_it_is_a_ledger(self, ledger: Ledger, path: Path):
        with sqlite3.connect(path) as raw:
            assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
            assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)

    def test_a_full_disk_says_that_what_is_finished_is_kept(self, ledger: Ledger, path: Path, record: Make):
        ledger.add(record("fd1"))
        ledger._engine.dispose()
        with ledger._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(LedgerError, match="the disk is full"):
            for n in range(200):
                ledger.add(record(f"p{n}", text=OTHER + f" {n}", trigger="resigned"))
        assert ledger.faults() == []


class TestBadRecords:
    def test_two_events_of_one_id_are_refused(self, ledger: Ledger, record: Make):
        good = record("fd1")
        with pytest.raises(InputError, match="two events 'e1'"):
            ledger.add(good.model_copy(update={"events": good.events * 2}))
        assert list(ledger.articles()) == []

    def test_a_date_that_is_none_is_named(self, ledger: Ledger, record: Make):
        with pytest.raises(InputError, match="ISO date"):
            ledger.add(record("fd1", published="last Monday"))

    def test_a_told_date_of_another_form_is_kept_but_not_found_by(self, ledger: Ledger, record: Make):
        ledger.add(record("fd1", when={"date": "2023-W42"}))
        assert [line.article for line in ledger.events(Filter(since="2023-10-17", until="2023-10-17"))] == ["fd1"]


class TestTheSchema:
    def test_the_migrations_make_the_tables_that_the_program_uses(self, path: Path):
        with open_to_write(path).connect() as connection:
            context = MigrationContext.configure(connection, opts={"include_name": _not_of_search})
            assert compare_metadata(context, metadata) == []

    def test_every_version_has_its_migration(self):
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        scripts = ScriptDirectory.from_config(config)
        assert tuple(reversed([script.revision for script in scripts.walk_revisions()])) == REVISIONS


def _not_of_search(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and (name or "").startswith(("event_words", "statement_words")))


def test_a_read_only_ledger_can_be_read_but_not_written(tmp_path: Path, path: Path, record: Make):
    with Ledger.open_to_write(path) as ledger:
        ledger.add(record("fd1"))
    if subprocess.run(["id", "-u"], capture_output=True, text=True, check=True).stdout.strip() == "0":
        pytest.skip("root may write everywhere")
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with Ledger.open(path) as reader:
            assert len(list(reader.events())) == 1
        with pytest.raises(LedgerError, match="may not be written"), Ledger.open_to_write(path) as writer:
            writer.add(record("fd2", text=OTHER, trigger="resigned"))
    finally:
        tmp_path.chmod(0o755)
