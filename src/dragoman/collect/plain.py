"""Plain text as an article."""

from collections.abc import Iterator

from dragoman.collect.articles import article_of
from dragoman.collect.clean import without_boilerplate
from dragoman.collect.decoding import decoded
from dragoman.collect.document import Document
from dragoman.collect.options import Collected, CollectOptions
from dragoman.errors import InputError

_LONGEST_TITLE = 200


def read_text(document: Document, options: CollectOptions) -> Iterator[Collected]:
    """The article of a plain text: its boilerplate left out, its first line the title where it stands like one."""
    text = decoded(document.name, document.whole(options.max_bytes), document.charset)
    if not text.strip():
        raise InputError(document.name, "empty; there is nothing to read")
    story = without_boilerplate(text)
    if not story.strip():
        raise InputError(document.name, "nothing but advertisements, credits and the like; there is no story to read")
    yield article_of(document.name, {"text": story, "title": title_of(story), "url": document.url}, options)


def title_of(text: str) -> str | None:
    r"""The first line, when a blank line and more text follow it and it is no sentence.

    >>> title_of("Ministers meet\n\nThey met on Monday.")
    'Ministers meet'
    """
    first, _, rest = text.lstrip().partition("\n")
    blank, _, body = rest.partition("\n")
    title = first.strip()
    if blank.strip() or not body.strip() or len(title) > _LONGEST_TITLE or title.endswith((".", ":", ",", ";")):
        return None
    return title
