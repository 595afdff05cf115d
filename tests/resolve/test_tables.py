"""The tables of facts: what ours hold, and what is refused in a user's."""

from pathlib import Path

import pytest

from dragoman.errors import TableError
from dragoman.resolve.lookup import lookup
from dragoman.resolve.tables import HERE, load_tables, tables

PEOPLE = "ref,name,short,aliases,country,sector,role,from,until,gender\n"


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf8")
    return folder


def refused(folder: Path) -> str:
    with pytest.raises(TableError) as caught:
        load_tables(folder)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_every_table_tells_where_its_columns_come_from():
    for path in HERE.glob("*.csv"):
        assert path.read_text(encoding="utf8").startswith("#"), path.name


def test_all_states_since_1995_have_heads_with_dates():
    countries = {t.country for k in tables().known.values() if k.kind == "person" for t in k.terms if t.since}
    members = {iso3 for iso3, state in tables().states.items() if not state.parent}
    two_captains_for_half_a_year = {"SMR"}
    assert members - countries == two_captains_for_half_a_year


@pytest.mark.parametrize(("role", "country", "day", "name"), [
    ("president", "USA", 20030501, "George W. Bush"),
    ("prime minister", "GBR", 20200501, "Boris Johnson"),
    ("president", "FRA", 20100101, "Nicolas Sarkozy"),
    ("foreign minister", "RUS", 20230101, "Sergey Lavrov"),
])  # fmt: skip
def test_an_office_has_its_holder_on_a_day(role: str, country: str, day: int, name: str):
    holder = tables().holder(role, country, day)
    assert holder is not None
    assert holder.name == name


def test_state_media_are_known_as_such():
    rows = [
        line.split(",") for line in (HERE / "media.csv").read_text(encoding="utf8").splitlines() if line.startswith("media:tass")
    ]
    assert [("gov:RUS" in row, "yes" in row) for row in rows] == [(True, True)]


def test_a_users_table_is_laid_over_ours(tmp_path: Path):
    written(tmp_path, "people.csv", PEOPLE + "person:jane-doe,Jane Doe,Doe,,ZMB,GOV,foreign minister,2031,,f\n")
    found = lookup("Jane Doe", facts=load_tables(tmp_path))
    assert (found.country, found.role, found.source) == ("ZMB", "foreign minister", "people.csv:2")


def test_a_users_row_replaces_ours_with_the_same_key(tmp_path: Path):
    header = "ref,name,aliases,country,sector,kind,from,until\n"
    written(tmp_path, "organisations.csv", header + "org:EU,European Union,EU,IGO,GOV,organisation,,\n")
    assert lookup("EU", facts=load_tables(tmp_path)).sector == "GOV"
    assert lookup("EU").sector == "IGO"


def test_a_missing_column_is_named_with_file_and_line(tmp_path: Path):
    written(tmp_path, "people.csv", "# mine\nref,name\nperson:x,X\n")
    message = refused(tmp_path)
    assert "people.csv:2" in message
    assert "'short'" in message


@pytest.mark.parametrize(("row", "told"), [
    ("person:x,X Y,Y,,QQQ,GOV,,,,", "unknown country code 'QQQ'"),
    ("person:x,X Y,Y,,FRA,KING,,,,", "unknown sector 'KING'"),
    ("person:x,X Y,Y,,FRA,GOV,,May 2001,,", "'May 2001' is no date"),
    ("person:x,X Y,Y,,FRA,GOV,,2001-13,,", "'2001-13' is no date of the calendar"),
    ("person:x,X Y,Y,,FRA,GOV,,2005,2001,", "ends (2001) before it begins (2005)"),
    ("person:x,X Y", "2 fields"),
])  # fmt: skip
def test_a_wrong_row_is_named_with_file_and_line(tmp_path: Path, row: str, told: str):
    written(tmp_path, "people.csv", PEOPLE + row + "\n")
    message = refused(tmp_path)
    assert "people.csv:2" in message
    assert told in message


def test_two_presidents_at_once_are_named_both(tmp_path: Path):
    written(tmp_path, "people.csv", PEOPLE + "person:rival,Rival Ruler,Ruler,,FRA,GOV,president,2019-01,2020-01,\n")
    message = refused(tmp_path)
    assert "two at once as president of FRA" in message
    assert "Rival Ruler" in message
    assert "Emmanuel Macron" in message


def test_one_key_for_two_names_is_refused(tmp_path: Path):
    rows = "person:x,One Name,Name,,FRA,GOV,,,,\nperson:x,Other Name,Name,,FRA,GOV,,,,\n"
    written(tmp_path, "people.csv", PEOPLE + rows)
    assert "people.csv:3" in refused(tmp_path)


def test_a_country_given_twice_is_refused(tmp_path: Path):
    ours = (HERE / "countries.csv").read_text(encoding="utf8").splitlines()
    header = next(line for line in ours if not line.startswith("#"))
    france = next(line for line in ours if line.startswith("FRA,"))
    written(tmp_path, "countries.csv", f"{header}\n{france}\n{france}\n")
    assert "countries.csv:3: FRA is given twice" in refused(tmp_path)


def test_files_and_folders_that_are_no_tables_are_refused(tmp_path: Path):
    assert "no folder" in refused(tmp_path / "missing")
    assert "no table is called kings.csv" in refused(written(tmp_path, "kings.csv", "a,b\n"))
