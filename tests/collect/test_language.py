"""Which texts are refused because they are not in English."""

from pathlib import Path

import pytest

from dragoman.article import Article
from dragoman.collect import CollectOptions, collect
from dragoman.collect.language import foreign_language

FOREIGN = {
    "French": "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison.",
    "German": "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft begabt.",
    "Spanish": "Todos los seres humanos nacen libres e iguales en dignidad y derechos, dotados como están de razón.",
    "Italian": "Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti. Essi sono dotati di ragione.",
    "Dutch": "Alle mensen worden vrij en gelijk in waardigheid en rechten geboren. Zij zijn begiftigd met verstand.",
    "Polish": "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw.",
    "Swedish": "Alla människor är födda fria och lika i värde och rättigheter. De är utrustade med förnuft.",
    "Turkish": "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana sahiptirler.",
    "Russian": "Все люди рождаются свободными и равными в своем достоинстве и правах.",
    "Ukrainian": "Всі люди народжуються вільними і рівними у своїй гідності та правах.",
    "Arabic": "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق.",
    "Persian": "تمام افراد بشر آزاد به دنیا می‌آیند و از لحاظ حیثیت و حقوق با هم برابرند.",
    "Korean": "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.",
    "Japanese": "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。",
    "Hindi": "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_another_language_is_named(name: str) -> None:
    found = foreign_language(FOREIGN[name])
    assert found is not None
    assert found.name == name


def test_chinese_is_named_as_one_of_its_kinds() -> None:
    found = foreign_language("人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心。")
    assert found is not None
    assert "Chinese" in found.name


@pytest.mark.parametrize(
    "text",
    [
        "Ministers meet",
        "Moscow condemns",
        "Xi Jinping, Kim Jong Un meet in Beijing",
        "Erdogan: Netanyahu",
        "Lavrov, Choe Son Hui, Kim Jong Un, Vladimir Putin",
        "Recep Tayyip Erdoğan, Binyamin Netanyahu, Mohammed bin Salman",
        "PARIS (AFP) - Macron, Scholz, Meloni, Sánchez",
        "1,234 – 5,678 (2023-10-19)",
        "🙂🙂🙂",
        "“Vive la France”, said the president, and the crowd cheered.",
        "MOSCOW, OCT 19 - RUSSIA WARNS WASHINGTON OVER MISSILES",
        "The paper quoted the word “свобода” (freedom) from the speech that the president had given.",
    ],
)
def test_short_english_and_bare_names_are_not_refused(text: str) -> None:
    assert foreign_language(text) is None


def test_a_foreign_article_is_refused_by_name_unless_it_is_to_be_read_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FOREIGN["French"])
    [refused] = collect([str(path)])
    assert str(refused) == f"{path}: in French (fr), and only English is read; --force-language reads it all the same"
    [article] = collect([str(path)], CollectOptions(force_language=True))
    assert isinstance(article, Article)
    assert article.text == FOREIGN["French"]
