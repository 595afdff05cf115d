"""What a name resolves to, and why."""

import datetime

import pytest

from dragoman.errors import InputError
from dragoman.resolve.lookup import lookup, outlet
from dragoman.resolve.tables import tables


@pytest.mark.parametrize(
    ("name", "country", "sector"),
    [
        ("Foggy Bottom", "USA", "GOV"),
        ("Quai d'Orsay", "FRA", "GOV"),
        ("zhongnanhai", "CHN", "GOV"),
        ("Bundestag", "DEU", "LEG"),
        ("TASS", "RUS", "JRN"),
        ("Deutschland", "DEU", "GOV"),
        ("Ouagadougou", "BFA", "GOV"),
        ("Turkish foreign minister", "TUR", "GOV"),
    ],
)
def test_names_resolve_to_country_and_sector(name: str, country: str, sector: str):
    found = lookup(name)
    assert (found.country, found.sector) == (country, sector)


def test_a_lookup_says_why_and_from_which_line():
    found = lookup("the Kremlin")
    assert "seat of power" in found.why
    assert found.source is not None
    assert found.source.startswith("countries.csv:")


def test_the_date_decides_what_an_office_holder_is():
    assert lookup("Boris Johnson", datetime.date(2017, 5, 1)).role == "foreign minister"
    assert lookup("Boris Johnson", datetime.date(2020, 5, 1)).role == "prime minister"
    assert lookup("Boris Johnson", datetime.date(2023, 5, 1)).sector == "ELI"


def test_the_surroundings_decide_between_namesakes():
    assert lookup("Georgia", near="Voters in Atlanta, in the United States, and the US Senate").country == "USA"
    assert lookup("Georgia", near="Russia and Georgia fought over South Ossetia; Tbilisi protested").country == "GEO"


@pytest.mark.parametrize("name", ["", "   ", "x" * 10_000])
def test_names_that_are_none_are_refused_in_one_line(name: str):
    with pytest.raises(InputError) as caught:
        lookup(name)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["Москва", "北京", "🙂", "Qwrtzpsdfg"])
def test_names_in_other_scripts_and_nonsense_are_unknown_or_found_without_error(name: str):
    assert lookup(name).country in {"UNK", "RUS", "CHN"}


def test_an_outlet_is_found_by_name_and_by_site():
    assert outlet("The New York Times", None, tables()).ref == "media:new-york-times"  # type: ignore[union-attr]
    assert outlet(None, "https://www.tass.com/world/1", tables()).ref == "media:tass"  # type: ignore[union-attr]
    assert outlet(None, None, tables()) is None
