import io
import json
import os
from pathlib import Path

import pytest

from dragoman.errors import DragomanError
from dragoman.record import Record
from dragoman.show.writers import output, writer


def test_json_lines_hold_one_record_a_line(story):
    stream = io.StringIO()
    lines = writer("jsonl", stream)
    lines.write(story)
    lines.write(story)
    lines.finish()
    assert [Record.model_validate_json(line) for line in stream.getvalue().splitlines()] == [story, story]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_json_is_one_array_of_all_records(story, number):
    stream = io.StringIO()
    array = writer("json", stream)
    for _ in range(number):
        array.write(story)
    array.finish()
    assert [Record.model_validate(record) for record in json.loads(stream.getvalue())] == [story] * number


def test_marked_texts_end_with_their_legend(story):
    stream = io.StringIO()
    pages = writer("text", stream)
    pages.write(story)
    pages.finish()
    assert "[words|ACT who→whom]" in stream.getvalue()


def test_a_file_changes_only_when_all_is_written(tmp_path: Path):
    target = tmp_path / "records.jsonl"
    target.write_text("before")
    with output(target) as stream:
        stream.write("after")
        assert target.read_text() == "before"
    assert target.read_text() == "after"


def test_a_run_that_stops_leaves_the_file_as_it_was_and_nothing_else(tmp_path: Path):
    target = tmp_path / "records.jsonl"
    target.write_text("before")
    with pytest.raises(KeyboardInterrupt), output(target) as stream:
        stream.write("half")
        raise KeyboardInterrupt
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_stays_a_link(tmp_path: Path):
    (tmp_path / "real").touch()
    (tmp_path / "link").symlink_to("real")
    with output(tmp_path / "link") as stream:
        stream.write("x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "x"


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path):
    with pytest.raises(DragomanError, match="missing"), output(tmp_path / "missing" / "records.jsonl"):
        pass


def test_the_usual_rights_are_given_to_a_new_file(tmp_path: Path):
    with output(tmp_path / "records.jsonl") as stream:
        stream.write("x")
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "records.jsonl").stat().st_mode & 0o777 == 0o666 & ~umask
