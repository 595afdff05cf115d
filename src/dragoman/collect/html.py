"""The story of a web page."""

# ruff: noqa: PLC0415 (large libraries are imported when they are first needed)
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.article import Article
from dragoman.collect.articles import article_of
from dragoman.collect.clean import without_boilerplate
from dragoman.collect.decoding import decoded
from dragoman.collect.document import Document
from dragoman.collect.options import Collected, CollectOptions
from dragoman.errors import InputError

_CHARSET = re.compile(rb"""<(?:meta[^>]+charset|\?xml[^>]+encoding)\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_CHARSET_WITHIN = 4096
_DECLARATION = re.compile(r"\A\s*(?:<\?xml[^>]*\?>\s*)?(?:<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)?", re.IGNORECASE | re.DOTALL)
_TAG = re.compile("<[a-zA-Z]")
_MAX_TAGS = 30_000
"""Tags beyond which taking the story out of a page may take minutes; pages of news have a few thousand."""

_NO_STORY = "no story found in the page; save its text as a .txt file if there is one"
_HTTP = re.compile(r"https?://[^/]+/.+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as trafilatura sees it; `lines` are the paragraphs of its body."""

    lines: tuple[str, ...]
    title: str | None
    date: str | None
    outlet: str | None
    address: str | None


def read_html(document: Document, options: CollectOptions) -> Iterator[Collected]:
    """The article of a web page: title, blank line, body, without boilerplate; date, outlet and address from its metadata."""
    data = document.whole(options.max_bytes)
    if not data.strip():
        raise InputError(document.name, "empty; there is nothing to read")
    page = _page(document.name, decoded(document.name, data, document.charset or _declared_charset(data)))
    fields = {
        "text": _story(document.name, page),
        "title": page.title,
        "published": page.date,
        "outlet": page.outlet,
        "url": document.url or page.address,
    }
    yield article_of(document.name, fields, options)


def _declared_charset(data: bytes) -> str | None:
    found = _CHARSET.search(data[:_CHARSET_WITHIN])
    return found[1].decode("ascii") if found else None


def _page(name: str, html: str) -> _Page:
    tags = len(_TAG.findall(html))
    if tags > _MAX_TAGS:
        raise InputError(name, f"a page of {tags:,} tags; at most {_MAX_TAGS:,} are read, so save its text as a .txt file")
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            _without_declaration(html),
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except Exception as error:  # whatever a hostile page brings up in a parser must not end the batch
        raise InputError(name, f"a page that cannot be parsed ({type(error).__name__})") from None
    if found is None or isinstance(found, dict) or not found.text:
        raise InputError(name, _NO_STORY)
    lines = tuple(line.strip() for line in found.text.splitlines() if line.strip())
    return _Page(lines, found.title or None, _date(found.date), found.sitename or None, _address(found.url))


def _without_declaration(html: str) -> str:
    """The page without its document type, so that no entity of its own making is ever defined."""
    return "<!DOCTYPE html>\n" + _DECLARATION.sub("", html, count=1).replace("\0", "")


def _date(told: str | None) -> str | None:
    try:
        return Article(id="-", text="-", published=told).published
    except ValueError:
        return None


def _address(told: str | None) -> str | None:
    """The address that a page gives itself, unless it is only the address of its site."""
    return told if told and _HTTP.fullmatch(told) else None


def _story(name: str, page: _Page) -> str:
    body = without_boilerplate("\n\n".join(line for line in page.lines if line != page.title), titled=False)
    if not any(_is_told(line) for line in body.splitlines()):
        raise InputError(name, _NO_STORY)
    return f"{page.title}\n\n{body}" if page.title else body


def _is_told(line: str) -> bool:
    """Whether a line holds a finished sentence of four words or more, which menus, forms and notices seldom do."""
    return any(word.rstrip("\"'”’)]").endswith((".", "!", "…")) for word in line.split()[3:])
