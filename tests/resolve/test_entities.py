"""Mentions of an article joined into entities, with country and sector as of its date."""

import pytest

from dragoman.article import Article
from dragoman.mark.marks import MarkedStatement, Marks, Words
from dragoman.record import Entity
from dragoman.resolve.entities import ResolvedEntities, resolve_entities


def words(text: str, quote: str, nth: int = 1) -> Words:
    at = -1
    for _ in range(nth):
        at = text.index(quote, at + 1)
    return Words(at, at + len(quote))


def resolved(text: str, *found: Words, published: str | None = None, outlet: str | None = None) -> ResolvedEntities:
    marks = Marks(statements=tuple(MarkedStatement((), 1.0, speaker=w) for w in found))
    return resolve_entities(Article(id="a", text=text, published=published, outlet=outlet), marks)


def entity(text: str, quote: str, published: str | None = None, nth: int = 1, outlet: str | None = None) -> Entity:
    mention = words(text, quote, nth)
    result = resolved(text, mention, published=published, outlet=outlet)
    return next(e for e in result.entities if e.id == result.id(mention))


def code(text: str, quote: str, published: str | None = None, nth: int = 1) -> str:
    found = entity(text, quote, published, nth)
    return f"{found.country} {found.sector}"


def test_full_names_short_names_and_slips_are_one_person():
    text = "Kim Jong Un met Sergei Lavrov. Kim Jung-un spoke, and Jong Un smiled. Lavrov said Sergey Lavrov was glad. Kim left."
    kims = [words(text, "Kim Jong Un"), words(text, "Kim Jung-un"), words(text, "Jong Un", 2), words(text, "Kim", 3)]
    lavrovs = [words(text, "Sergei Lavrov"), words(text, "Lavrov", 2), words(text, "Sergey Lavrov")]
    result = resolved(text, *kims, *lavrovs, published="2023-10-19")
    assert len({result.id(w) for w in kims}) == 1
    assert len({result.id(w) for w in lavrovs}) == 1
    assert {e.ref for e in result.entities} == {"person:kim-jong-un", "person:sergey-lavrov"}


def test_a_country_its_capital_and_its_seat_of_power_are_one_government():
    text = "Moscow denied it. Russia will answer, the Kremlin warned."
    mentions = [words(text, "Moscow"), words(text, "Russia"), words(text, "the Kremlin")]
    result = resolved(text, *mentions)
    assert [(e.ref, e.kind, e.country, e.sector) for e in result.entities] == [("gov:RUS", "government", "RUS", "GOV")]


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("Turkish forces crossed the border on Monday.", "Turkish forces", "TUR MIL"),
        ("Syrian rebels took the town.", "Syrian rebels", "SYR REB"),
        ("US officials said so.", "US officials", "USA GOV"),
        ("Zambian lawmaker Joseph Mwale resigned.", "Zambian lawmaker Joseph Mwale", "ZMB LEG"),
        ("A Kremlin spokesman declined to comment.", "A Kremlin spokesman", "RUS GOV"),
        ("The taoiseach visited Belfast.", "The taoiseach", "IRL GOV"),
        ("The Knesset voted on Tuesday.", "The Knesset", "ISR LEG"),
        ("Hezbollah fighters fired rockets.", "Hezbollah fighters", "LBN UAF"),
        ("A United Nations spokesman spoke in Geneva.", "A United Nations spokesman", "IGO IGO"),
        ("Kenyan police opened fire in Nairobi.", "Kenyan police", "KEN COP"),
    ],
)
def test_demonyms_and_offices_tell_country_and_sector(text: str, quote: str, expected: str):
    assert code(text, quote) == expected


def test_bare_titles_take_their_country_from_the_story():
    text = "KAMPALA, Uganda - Uganda will hold elections. Police arrested protesters, and the foreign minister defended it."
    assert code(text, "Police") == "UGA COP"
    assert code(text, "protesters") == "UGA CVL"
    assert code(text, "the foreign minister") == "UGA GOV"


def test_a_leader_is_what_he_was_on_the_day():
    text = "President Bush spoke in Washington about the United States."
    assert entity(text, "President Bush", "2003-05-01").ref == "person:george-w-bush"
    assert entity(text, "President Bush", "1991-05-01").ref == "person:george-h-w-bush"


def test_former_leaders_are_elites():
    assert code("Former president Dmitry Medvedev wrote it.", "Former president Dmitry Medvedev", "2024-02-01") == "RUS ELI"
    assert code("Tony Blair spoke in London.", "Tony Blair", "2018-01-01") == "GBR ELI"
    assert code("Tony Blair spoke in London.", "Tony Blair", "2003-01-01") == "GBR GOV"


def test_a_movement_that_took_power_governs_from_then_on():
    text = "The Taliban banned music in Afghanistan."
    assert code(text, "The Taliban", "2012-01-01") == "AFG REB"
    assert code(text, "The Taliban", "2022-01-01") == "AFG GOV"


def test_a_pronoun_means_the_person_before_of_its_gender():
    text = "Angela Merkel met Emmanuel Macron in Paris. She praised the deal. He thanked Germany."
    assert entity(text, "She", "2019-01-01").ref == "person:angela-merkel"
    assert entity(text, "He", "2019-01-01").ref == "person:emmanuel-macron"


def test_i_and_we_mean_the_speaker_of_the_statement():
    text = "“We will answer,” said Lavrov of Russia."
    pronoun, speaker = words(text, "We"), words(text, "Lavrov")
    marks = Marks(statements=(MarkedStatement((Words(1, 15),), 1.0, speaker=speaker), MarkedStatement((), 1.0, speaker=pronoun)))
    result = resolve_entities(Article(id="a", text=text, published="2020-01-01"), marks)
    assert result.id(pronoun) == result.id(speaker) is not None


def test_the_country_and_the_group_point_back():
    text = "Zimbabwe banned Amnesty International. The country expelled its staff. The group protested."
    country, group = words(text, "The country"), words(text, "The group")
    result = resolved(text, country, group)
    assert {e.ref for e in result.entities} == {"gov:ZWE", "org:AMNESTY"}


def test_the_two_leaders_are_both():
    text = "Vladimir Putin met Xi Jinping in Beijing. The two leaders signed a pact."
    both = words(text, "The two leaders")
    result = resolved(text, both, published="2023-10-18")
    refs = {e.id: e.ref for e in result.entities}
    assert {refs[i] for i in result.ids(both)} == {"person:vladimir-putin", "person:xi-jinping"}


def test_a_person_unknown_to_the_tables_is_what_the_title_says():
    text = "Judge Mary Okello freed him. Okello cited Kenyan law in Nairobi, Kenya."
    first, later = words(text, "Judge Mary Okello"), words(text, "Okello", 2)
    result = resolved(text, first, later)
    assert result.id(first) == result.id(later)
    assert [(e.country, e.sector, e.role, e.ref) for e in result.entities] == [("KEN", "JUD", "judge", None)]


def test_what_tells_no_country_stays_unknown():
    assert code("Officials said it was late.", "Officials") == "UNK GOV"


def test_the_outlets_country_counts_where_the_story_names_none():
    assert entity("Officials said it was late.", "Officials", outlet="BBC").country == "GBR"


def test_mentions_quote_the_text_and_the_same_text_gives_the_same_entities():
    text = "L’Élysée a dit… 🇫🇷 France said so; Macron’s spokesman agreed. They met Мосkва officials."
    mentions = [words(text, "France"), words(text, "Macron"), words(text, "They"), words(text, "Мосkва officials")]
    one, other = resolved(text, *mentions), resolved(text, *mentions)
    assert one == other
    for found in one.entities:
        for mention in found.mentions:
            assert text[mention.start : mention.end] == mention.text
