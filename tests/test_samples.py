import itertools
import json
import re
from datetime import date

import pytest

from dragoman.article import Article
from dragoman.samples import sample_articles

ARTICLES = [Article.model_validate_json(line) for line in sample_articles().read_text(encoding="utf-8").splitlines()]


def shared_part(one: Article, other: Article) -> float:
    """The part of the shorter article's runs of five words that the other has too."""
    runs = []
    for article in (one, other):
        words = re.findall(r"\w+", article.text.lower())
        runs.append(set(zip(*(words[i:] for i in range(5)), strict=False)))
    return len(runs[0] & runs[1]) / min(map(len, runs))


def test_the_samples_are_many_and_each_is_named_once():
    assert len(ARTICLES) >= 25
    assert len({article.id for article in ARTICLES}) == len({article.url for article in ARTICLES}) == len(ARTICLES)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_a_sample_is_a_dated_wire_story_of_a_made_up_outlet(article):
    assert article.published_date is not None
    assert date(2023, 2, 1) <= article.published_date <= date(2023, 7, 1)
    assert article.outlet
    assert article.url is not None
    assert re.fullmatch(r"https://[a-z-]+\.example/\S+", article.url)
    assert article.title is not None
    assert article.text.startswith(article.title + "\n\n")
    assert 150 <= len(article.text.split()) <= 350


def test_five_outlets_tell_the_story():
    assert len({article.outlet for article in ARTICLES}) == 5


def test_some_articles_are_copies_of_another_outlets_article():
    copies = [pair for pair in itertools.combinations(ARTICLES, 2) if shared_part(*pair) > 0.7]
    assert len(copies) == 4
    assert all(one.outlet != other.outlet for one, other in copies)


def test_whoever_finds_the_samples_is_told_that_they_are_made_up():
    assert "made up" in sample_articles().with_name("README.md").read_text(encoding="utf-8")


def test_the_samples_are_written_in_plain_json_lines():
    for line in sample_articles().read_text(encoding="utf-8").splitlines():
        assert list(json.loads(line)) == ["id", "title", "published", "outlet", "url", "lang", "text"]
