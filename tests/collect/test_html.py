"""The story is taken out of a web page, and nothing else of it."""

import time
from pathlib import Path

import pytest

from dragoman.article import Article
from dragoman.collect import CollectOptions, collect
from dragoman.errors import InputError

BODY = "<p>The ministers met in the capital on Monday.</p><p>“We <b>agree</b>”, they said after the talks.</p>"
PAGE = f"""<!doctype html><html lang="en"><head><title>Ministers meet | The Example</title>
<meta property="og:title" content="Ministers meet"><meta property="og:site_name" content="The Example">
<meta property="article:published_time" content="2023-10-19T08:00:00Z">
<link rel="canonical" href="https://news.example/world/1"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></nav>
<div class="cookie-banner"><p>We use cookies to improve your experience.</p></div>
<article><h1>Ministers meet</h1>{BODY}
<figure><img src="a.jpg"><figcaption>The hall. (Photo by Ann Example/Getty Images)</figcaption></figure>
<p>Read more: Ministers to meet again in spring</p>
<p>Talks go on in spring, officials said.</p>
<p>AdvertisementThe new Example Class has arrived on the latest Example jet</p>
<p>Sign up for our newsletter</p></article>
<script>var told = "They went to war.";</script>
<footer>© 2023 The Example. All rights reserved.</footer></body></html>"""
STORY = """Ministers meet

The ministers met in the capital on Monday.

“We agree”, they said after the talks.

Talks go on in spring, officials said."""


def read(path: Path, content: str | bytes, **options: object) -> Article | InputError:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    [found] = collect([str(path)], CollectOptions(**options))  # type: ignore[arg-type]
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "page.html"


def test_a_page_becomes_title_and_body_with_its_metadata(path: Path) -> None:
    found = read(path, PAGE)
    assert isinstance(found, Article)
    assert [line for line in found.text.split("\n") if "The hall" not in line and line] == [
        line for line in STORY.split("\n") if line
    ]
    assert "Getty" not in found.text
    assert (found.title, found.published, found.outlet) == ("Ministers meet", "2023-10-19", "The Example")
    assert found.id == found.url == "https://news.example/world/1"


def test_the_options_fill_in_what_the_page_does_not_tell(path: Path) -> None:
    found = read(path, f"<html><body>{BODY}</body></html>", published="2023-10-19", outlet="The Example")
    assert isinstance(found, Article)
    assert (found.published, found.outlet, found.url) == ("2023-10-19", "The Example", None)


def test_a_page_of_one_sentence_is_a_story(path: Path) -> None:
    found = read(path, "<p>The minister flew home.</p>")
    assert isinstance(found, Article)
    assert found.text == "The minister flew home."


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>",
        "<html><head><title>The Example</title></head><body></body></html>",
        "<html><body><nav><a href='/'>Home</a></nav><footer>© 2023 The Example. All rights reserved.</footer></body></html>",
        "<html><body><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div></body></html>",
        "<html><head><title>Log in</title></head><body><label>Email</label><a href=/x>Forgot your password?</a></body></html>",
        "<html><body><script>var told = 'They went to war on Monday.';</script></body></html>",
        "<html><body><img src=a.jpg></body></html>",
    ],
)
def test_a_page_without_a_story_is_refused(path: Path, page: str) -> None:
    assert str(read(path, page)) == f"{path}: no story found in the page; save its text as a .txt file if there is one"


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ("<meta charset=iso-8859-1>", "latin-1"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">', "cp1250"),
        ("<meta charset=utf-16>", "utf-8"),
        ("", "utf-8"),
    ],
)
def test_a_page_is_decoded_as_it_says(path: Path, declaration: str, encoding: str) -> None:
    page = f"<html><head>{declaration}</head><body><p>The café owner Müller met the minister in the capital.</p></body></html>"
    found = read(path, page.encode(encoding))
    assert isinstance(found, Article)
    assert found.text == "The café owner Müller met the minister in the capital."


def test_entities_of_a_page_are_never_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret of the house")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    page = (
        f'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html [<!ENTITY l0 "ha">{laughs}<!ENTITY x SYSTEM "file://{secret}">]>'
        "<html><body><p>The ministers met &l9; on &x; Monday.</p></body></html>"
    )
    found = read(tmp_path / "page.xhtml", page)
    assert isinstance(found, Article)
    assert len(found.text) < 100
    assert "secret" not in found.text


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 20_000 + BODY,
        "<p>" + "<b>" * 20_000 + BODY,
        f"<html><body {'a=b ' * 100_000}>{BODY}",
        "<a href=x>y</a>" * 100_000,
        "<!doctype html><!--" * 10_000 + BODY,
        "<!---->" * 9_000 + BODY,
    ],
)
def test_a_hostile_page_does_not_hold_the_reader(path: Path, page: str) -> None:
    begin = time.monotonic()
    read(path, page)
    assert time.monotonic() - begin < 10
