import gzip
import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from dragoman.article import text_hash
from dragoman.cli import cli
from dragoman.record import Record
from dragoman.samples import sample_articles

DRAGOMAN = Path(sys.executable).with_name("dragoman")
CLI_PAGE = Path(__file__).parent.parent / "docs" / "reference" / "cli.md"
STORY = (
    "Foreign Minister Marte Lindqvist of Norway flew to Hanoi on Monday and met Vietnam's prime minister.\n\n"
    'Norway accused Vietnam of jailing two journalists. "We reject this accusation," a spokesman for the '
    "Vietnamese government said on Tuesday.\n"
)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """The first four sample articles."""
    path = tmp_path / "samples.jsonl"
    path.write_text("".join(sample_articles().read_text(encoding="utf-8").splitlines(keepends=True)[:4]), encoding="utf-8")
    return path


def dragoman(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)


def records(lines: str) -> list[Record]:
    return [Record.model_validate_json(line) for line in lines.splitlines()]


def ids(lines: str) -> list[str]:
    return [record.article.id for record in records(lines)]


def quoted_rightly(record: Record) -> bool:
    text = record.article.text or ""
    triggers = [event.trigger for event in record.events]
    contents = [content for statement in record.statements for content in statement.content]
    return all(text[span.start : span.end] == span.text for span in [*triggers, *contents])


class TestReading:
    def test_a_plain_text_becomes_one_record_with_what_it_tells(self, story):
        done = dragoman("read", story, "--published", "2023-06-14", "--outlet", "Northern Ledger")
        assert done.exit_code == 0
        (record,) = records(done.stdout)
        assert record.article.outlet == "Northern Ledger"
        assert record.article.published == "2023-06-14"
        assert {event.trigger.text for event in record.events} & {"flew", "met", "accused", "reject"}
        assert record.statements
        assert quoted_rightly(record)

    def test_records_come_in_the_order_of_the_inputs_however_many_processes_read(self, samples, story):
        one = dragoman("read", story, samples, "--jobs", "1")
        two = dragoman("read", story, samples, "--jobs", "2")
        assert one.exit_code == two.exit_code == 0
        assert ids(one.stdout)[1:] == [json.loads(line)["id"] for line in samples.read_text(encoding="utf-8").splitlines()]
        assert two.stdout == one.stdout

    def test_standard_input_and_gzipped_files_are_read_as_the_plain_file_is(self, story, tmp_path):
        packed = tmp_path / "packed.txt.gz"
        packed.write_bytes(gzip.compress(STORY.encode()))
        texts = [records(dragoman("read", source, stdin=STORY).stdout)[0] for source in (story, packed, "-")]
        assert texts[0].events == texts[1].events == texts[2].events

    def test_the_columns_of_a_table_are_named(self, tmp_path):
        table = tmp_path / "news.csv"
        table.write_text(
            'body,date\n"Norway thanked Vietnam for its help after the floods on Tuesday.",2023-04-05\n', encoding="utf-8"
        )
        (record,) = records(dragoman("read", table, "--columns", "text=body,published=date").stdout)
        assert record.article.published == "2023-04-05"
        assert record.article.text is not None
        assert record.article.text.startswith("Norway thanked")

    def test_a_text_left_out_leaves_its_hash_and_the_triggers(self, samples):
        whole = records(dragoman("read", samples).stdout)
        bare = records(dragoman("read", samples, "--without-text").stdout)
        assert [record.article.text for record in bare] == [None] * len(whole)
        assert [record.article.text_sha256 for record in bare] == [text_hash(record.article.text or "") for record in whole]
        assert [record.events for record in bare] == [record.events for record in whole]

    def test_articles_without_politics_make_empty_tables(self, tmp_path):
        quiet = tmp_path / "quiet.txt"
        quiet.write_text(
            "The lighthouse was painted white last summer.\n\nIts lamp turns once every nine seconds.\n", encoding="utf-8"
        )
        assert "no political event" in dragoman("read", quiet, "--format", "table").stdout.lower()


class TestFormats:
    def test_piped_output_is_one_record_a_line(self, samples):
        assert len(records(dragoman("read", samples).stdout)) == 4

    def test_json_is_one_array(self, samples):
        done = dragoman("read", samples, "--format", "json")
        assert [article["article"]["id"] for article in json.loads(done.stdout)] == ids(dragoman("read", samples).stdout)

    def test_a_file_called_json_holds_an_array_and_another_one_record_a_line(self, samples, tmp_path):
        for name in ("records.json", "records.jsonl"):
            done = dragoman("read", samples, "-o", tmp_path / name)
            assert (done.exit_code, done.stdout) == (0, "")
        assert len(json.loads((tmp_path / "records.json").read_text(encoding="utf-8"))) == 4
        assert len(records((tmp_path / "records.jsonl").read_text(encoding="utf-8"))) == 4

    def test_the_marked_text_holds_the_words_of_the_article_and_marks(self, story):
        page = dragoman("read", story, "--format", "text").stdout
        assert "CONSULT visit" in page
        assert "Hanoi" in page
        assert "\x1b" not in page

    def test_the_table_names_acts_and_speakers(self, story):
        page = dragoman("read", story, "--format", "table").stdout
        assert "says who" in page
        assert "speaker" in page

    def test_a_marked_text_cannot_do_without_its_text(self, story):
        done = dragoman("read", story, "--format", "text", "--without-text")
        assert done.exit_code == 2
        assert "--without-text" in done.stderr


class TestBadInput:
    def test_what_cannot_be_read_is_listed_at_the_end_and_nothing_else_is_lost(self, story, tmp_path):
        empty, broken = tmp_path / "empty.txt", tmp_path / "broken.jsonl"
        empty.touch()
        broken.write_text('{"title": "no story"}\n{"id": "good", "text": "Norway thanked Vietnam."}\n', encoding="utf-8")
        done = dragoman("read", empty, story, broken, tmp_path / "missing.txt")
        assert done.exit_code == 1
        assert len(records(done.stdout)) == 2
        heading, *reasons = done.stderr.splitlines()
        assert heading == "3 inputs could not be read:"
        for name, reason in zip(("empty.txt", "broken.jsonl", "missing.txt"), reasons, strict=True):
            assert name in reason

    def test_only_bad_inputs_make_an_empty_result(self, tmp_path):
        done = dragoman("read", tmp_path / "missing.txt", "--format", "json")
        assert done.exit_code == 1
        assert json.loads(done.stdout) == []

    def test_a_reason_stays_one_line_whatever_the_name_holds(self, tmp_path):
        done = dragoman("read", tmp_path / "two\nlines\x1b[31m.txt")
        assert len(done.stderr.splitlines()) == 2
        assert "\x1b" not in done.stderr

    @pytest.mark.parametrize(
        "arguments",
        [
            ("--published", "last Tuesday"),
            ("--columns", "body"),
            ("--columns", "text="),
            ("--columns", "headline=title"),
            ("--jobs", "0"),
            ("--format", "xml"),
        ],
    )
    def test_an_option_that_makes_no_sense_is_refused_by_name(self, story, arguments):
        done = dragoman("read", story, *arguments)
        assert done.exit_code == 2
        assert arguments[0] in done.stderr

    def test_an_output_that_cannot_be_written_is_refused_before_reading(self, story, tmp_path):
        done = dragoman("read", story, "-o", tmp_path / "missing" / "records.jsonl")
        assert done.exit_code == 1
        assert "missing" in done.stderr

    def test_a_local_address_is_refused_unless_allowed(self):
        done = dragoman("read", "http://127.0.0.1:9/story.html")
        assert done.exit_code == 1
        assert "--allow-private" in done.stderr


class TestTheCommandItself:
    @pytest.mark.parametrize("name", [None, *cli.commands])
    def test_commands_and_options_have_help_and_stand_in_the_documentation(self, name):
        command = cli.commands[name] if name else cli
        page = CLI_PAGE.read_text(encoding="utf-8")
        assert command.help
        assert name is None or f"## dragoman {name}" in page
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, option.name
                assert all(switch in page for switch in option.opts), option.name

    def test_the_schema_is_that_of_a_record(self):
        schema = json.loads(dragoman("schema").stdout)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert set(schema["properties"]) == set(Record.model_fields)
        assert schema["required"] == ["article"]

    def test_help_is_there_at_once(self):
        began = time.monotonic()
        subprocess.run([DRAGOMAN, "--help"], check=True, capture_output=True)
        assert time.monotonic() - began < 1.0
        heavy = "import dragoman.cli, sys; print({'rich', 'numpy', 'onnxruntime', 'trafilatura'} & set(sys.modules))"
        assert subprocess.run([sys.executable, "-c", heavy], check=True, capture_output=True, text=True).stdout == "set()\n"

    def test_the_version_is_told(self):
        assert dragoman("--version").stdout.startswith("dragoman ")

    def test_verbose_tells_of_each_article(self, samples):
        told = dragoman("read", samples, "-v").stderr.splitlines()
        assert [line.partition(":")[0] for line in told] == ids(dragoman("read", samples).stdout)


class TestAsAProcess:
    def test_a_reader_that_stops_early_is_no_error(self, samples):
        command = f"'{DRAGOMAN}' read '{samples}' '{samples}' | head -c 100 >/dev/null"
        done = subprocess.run(["bash", "-c", command], check=False, capture_output=True, text=True)
        assert done.stderr == ""

    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_ctrl_c_ends_quietly_and_keeps_the_old_file(self, tmp_path, jobs):
        many, target = tmp_path / "many.jsonl", tmp_path / "records.jsonl"
        many.write_text(sample_articles().read_text(encoding="utf-8") * 40, encoding="utf-8")
        target.write_text("before", encoding="utf-8")
        command = [DRAGOMAN, "read", many, "-v", "--jobs", jobs, "-o", target]
        running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
        assert running.stderr is not None
        assert "events" in running.stderr.readline()
        os.killpg(running.pid, signal.SIGINT)
        _, told = running.communicate(timeout=20)
        assert running.returncode == 130
        assert told.rstrip().endswith("Stopped.")
        assert "Traceback" not in told
        assert target.read_text(encoding="utf-8") == "before"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["many.jsonl", "records.jsonl"]

    def test_a_terminal_gets_a_coloured_table(self, story):
        page = on_a_terminal(DRAGOMAN, "read", story, "--published", "2023-06-14")
        assert "says who" in page
        assert "\x1b[" in page


def on_a_terminal(*command: str | Path) -> str:
    """What a command prints when a terminal is its output."""
    ours, its = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm-256color"}
    running = subprocess.Popen(command, stdout=its, stderr=its, env=environment)
    os.close(its)
    printed = b""
    try:
        while part := os.read(ours, 4096):
            printed += part
    except OSError:
        pass  # Linux reports the end of a terminal as an input/output error.
    os.close(ours)
    assert running.wait(timeout=20) == 0
    return printed.decode()
