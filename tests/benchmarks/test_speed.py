"""The measuring of speed: what is measured is all of the text, and the table says it."""

import json

import pytest

from dragoman import Reader
from dragoman.samples import sample_articles


@pytest.fixture
def folder(tmp_path):
    """Five sample articles in the form of the annotated ones."""
    (tmp_path / "articles").mkdir()
    for number, line in enumerate(sample_articles().read_text(encoding="utf-8").splitlines()[:5]):
        (tmp_path / "articles" / f"{number}.json").write_text(line, encoding="utf-8")
    return tmp_path


def test_articles_have_the_asked_number_of_words_and_keep_their_paragraphs(folder):
    from benchmarks.speed import articles_of

    texts = [json.loads(path.read_text(encoding="utf-8"))["text"] for path in sorted((folder / "articles").iterdir())]
    made = articles_of(folder, 3, 100)
    assert [len(article.text.split()) for article in made] == [100, 100, 100]
    assert made[0].text == texts[0][: len(made[0].text)]


def test_the_bare_encoder_sees_each_word_piece_once(folder):
    from benchmarks.speed import _plain_windows, articles_of

    pieces = Reader()._marker.encoder.pieces
    (article,) = articles_of(folder, 1, 900)
    text = pieces.tokenize(article.text)
    seen = [i for window in _plain_windows(text) for i in pieces.piece_ids(text, window)[1:-1]]
    assert seen == text.pieces.tolist()
    assert all(len(pieces.piece_ids(text, window)) <= 512 for window in _plain_windows(text))


def test_the_table_begins_with_the_ratio_of_reading_to_bare_encoding(folder, capsys):
    from benchmarks.speed import articles_of, show, time_articles

    timed = time_articles(articles_of(folder, 1, 200), Reader(), 1)
    assert min(timed[0].reading, timed[0].encoding, timed[0].resolving) > 0
    show(timed, 100.0, 1.0)
    rows = [line for line in capsys.readouterr().out.splitlines() if line.startswith("|")]
    assert "reading over bare encoding" in rows[2]
    assert all("for information" in row for row in rows[4:])


def test_a_folder_without_articles_is_named(tmp_path):
    from benchmarks.speed import articles_of

    with pytest.raises(SystemExit, match="no articles"):
        articles_of(tmp_path, 1)
