"""Place words to places."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.mark.marks import Words
from dragoman.record import Place
from dragoman.resolve.places import PlaceContext, find_place_words, resolve_places


def places(text: str, *words: str, story: PlaceContext | None = None) -> list[Place]:
    spans = [Words(text.index(w), text.index(w) + len(w)) for w in words]
    return list(resolve_places(text, spans, story))


def place(text: str, word: str, story: PlaceContext | None = None) -> Place:
    return places(text, word, story=story)[0]


def found(text: str) -> list[str]:
    return [text[w.start : w.end] for w in find_place_words(text)]


def near(one: Place, lat: float, lon: float, degrees: float = 1.0) -> bool:
    return one.lat is not None and one.lon is not None and abs(one.lat - lat) <= degrees and abs(one.lon - lon) <= degrees


def test_a_capital_is_meant_where_nothing_says_otherwise() -> None:
    paris = place("The ministers met in Paris on Monday.", "Paris")
    assert (paris.kind, paris.country, paris.geoname) == ("city", "FRA", 2988507)
    assert near(paris, 48.86, 2.35, 0.1)


def test_a_land_after_a_comma_tells_which_town() -> None:
    paris = place("A shooting in Paris, Texas, left two dead.", "Paris")
    assert (paris.country, paris.admin1) == ("USA", "Texas")


@pytest.mark.parametrize(
    ("text", "country", "lat", "lon"),
    [
        ("Fighting broke out south of Tripoli, the capital of Libya, as Libyan forces advanced.", "LBY", 32.9, 13.2),
        ("Lebanese troops deployed in Tripoli after clashes in northern Lebanon and in Beirut.", "LBN", 34.4, 35.8),
    ],
)
def test_the_countries_of_the_story_tell_which_town(text: str, country: str, lat: float, lon: float) -> None:
    tripoli = place(text, "Tripoli")
    assert tripoli.country == country
    assert near(tripoli, lat, lon)


def test_georgia_is_the_country_beside_tbilisi_and_the_state_beside_atlanta() -> None:
    assert place("Russian troops entered Georgia and stood near Tbilisi, Georgian officials said.", "Georgia").kind == "country"
    state = places(
        "Voters in Georgia queued in Atlanta and Savannah as the U.S. election began.", "Georgia", "Atlanta", "Savannah"
    )[0]
    assert (state.kind, state.country) == ("region", "USA")


def test_a_country_has_its_own_kind_and_coordinates_never_its_capitals() -> None:
    france = place("He flew to France.", "France")
    assert (france.kind, france.country, france.geoname) == ("country", "FRA", 3017382)
    assert near(france, 46.5, 2.2, 1.0)


def test_regions_waters_and_sites_have_their_kinds() -> None:
    text = "Ships left the Strait of Hormuz for the Red Sea; troops left Bagram and Darfur."
    kinds = [p.kind for p in places(text, "Strait of Hormuz", "Red Sea", "Bagram", "Darfur")]
    assert kinds == ["water", "water", "site", "region"]


def test_part_of_a_country_is_a_region() -> None:
    north = place("Rockets fell in northern Syria.", "northern Syria")
    assert (north.kind, north.country, north.geoname) == ("region", "SYR", None)


@pytest.mark.parametrize(
    ("words", "country"), [("Benue State", "NGA"), ("Va.", "USA"), ("NSW", "AUS"), ("Cuyahoga County", "USA"), ("DRC", "COD")]
)
def test_divisions_go_by_their_short_and_long_names(words: str, country: str) -> None:
    text = f"Officials in {words} said so."
    assert place(text, words).country == country


def test_a_demonym_is_placed_at_its_country() -> None:
    assert place("Turkish forces advanced.", "Turkish").country == "TUR"


def test_an_unknown_site_stands_where_the_story_is_and_has_no_geoname() -> None:
    text = "A bomb went off in Harare, near Zvakanaka Hall, police in Harare said."
    hall = place(text, "Zvakanaka Hall")
    assert hall.geoname is None
    hall = places(text, "Harare", "Zvakanaka Hall")[1]
    assert (hall.kind, hall.country, hall.geoname) == ("site", "ZWE", None)


def test_words_of_no_known_place_have_no_coordinates() -> None:
    unknown = place("They met at Qwxyzzyx.", "Qwxyzzyx")
    assert (unknown.lat, unknown.country, unknown.text) == (None, None, "Qwxyzzyx")


def test_one_name_has_one_meaning_in_an_article() -> None:
    text = "Springfield, Illinois, mourned. In Springfield the mayor spoke."
    second = Words(text.rindex("Springfield"), text.rindex("Springfield") + 11)
    first = Words(0, 11)
    assert {p.admin1 for p in resolve_places(text, [first, second])} == {"Illinois"}


def test_the_outlets_country_tips_the_scale() -> None:
    text = "Police in Birmingham arrested a man."
    assert place(text, "Birmingham").country == "GBR"
    assert place(text, "Birmingham", PlaceContext(home="USA", countries=("USA",), title="Alabama news")).country == "USA"


def test_place_words_are_found_and_persons_papers_and_months_are_not() -> None:
    text = (
        "George Washington University said on Monday that Paris Hilton left Baghdad for New York. "
        "The Washington Post reported from Kyiv, Ukraine. In August, Mr. Jackson met Chad Smith in Berlin."
    )
    assert found(text) == ["Baghdad", "New York", "Kyiv", "Ukraine", "Berlin"]


def test_demonyms_are_no_place_words() -> None:
    assert found("Russian and Chinese officials met in Geneva.") == ["Geneva"]


def test_common_words_at_the_start_of_a_sentence_are_no_places() -> None:
    assert found("Most agreed. Nice weather. Police came. Hope remains.") == []


@pytest.mark.parametrize("words", ["", "x" * 10_000, "北京", "Москва", "\ud83d\ude00", "-", "U.S." * 500])
def test_odd_words_are_no_error(words: str) -> None:
    text = f"In {words} today."
    resolved = resolve_places(text, [Words(3, 3 + len(words))])
    assert len(resolved) == 1


@given(st.text(max_size=200))
def test_found_words_lie_in_the_text_in_order(text: str) -> None:
    words = find_place_words(text)
    assert all(0 <= w.start < w.end <= len(text) for w in words)
    assert all(a.end <= b.start for a, b in itertools.pairwise(words))
    assert len(resolve_places(text, words)) == len(words)


def test_an_article_takes_a_few_milliseconds() -> None:
    text = "Officials from Baghdad to Paris met in Geneva on Monday, while Russian troops left Kherson for Crimea. " * 25
    words = find_place_words(text)
    resolve_places(text, words)
    began = time.perf_counter()
    resolve_places(text, find_place_words(text))
    assert time.perf_counter() - began < 0.05
