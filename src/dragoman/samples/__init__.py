"""Sample articles to try Dragoman on; all of them made up, see the README beside them."""

from pathlib import Path


def sample_articles() -> Path:
    """The file of sample articles, JSON Lines.

    >>> sample_articles().name
    'articles.jsonl'
    """
    return Path(__file__).with_name("articles.jsonl")
