"""Pages are fetched from a real server, and only from where they may be."""

import gzip
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dragoman.article import Article
from dragoman.collect import CollectOptions, collect
from dragoman.collect.web import is_public
from dragoman.errors import InputError

PAGE = b"<html><head><title>Ministers meet</title></head><body><p>The ministers met in the capital on Monday.</p></body></html>"
STORY = "Ministers meet\n\nThe ministers met in the capital on Monday."
LINES = b'{"text": "They met."}\n{"text": "They left."}\n'


class Site(BaseHTTPRequestHandler):
    """A news site with good and evil pages."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        page: Callable[[], None] = getattr(
            self, self.path.partition("?")[0].strip("/").partition(".")[0].replace("/", "_"), self.missing
        )
        page()

    def log_message(self, format: str, *args: object) -> None: ...

    def answer(self, body: bytes, content_type: str | None = "text/html", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        if content_type:
            self.send_header("Content-Type", content_type)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def moved(self, location: str) -> None:
        self.answer(b"", status=302, Location=location)

    def missing(self) -> None:
        self.answer(b"no such page", status=404)

    def page(self) -> None:
        self.answer(PAGE)

    def host(self) -> None:
        self.answer(f"The page was asked of {self.headers['Host']}.".encode(), "text/plain")

    def latin(self) -> None:
        self.answer("The café owner Müller met the minister.".encode("latin-1"), "text/plain; charset=ISO-8859-1")

    def lines(self) -> None:
        self.answer(LINES, "text/plain")

    def feed_jsonl(self) -> None:
        self.answer(LINES, "application/x-ndjson")

    def untyped(self) -> None:
        self.answer(PAGE, None)

    def packed(self) -> None:
        self.answer(gzip.compress(PAGE), Content_Encoding="gzip")

    def bomb(self) -> None:
        self.answer(gzip.compress(b"a" * 50_000_000), "text/plain", Content_Encoding="gzip")

    def brotli(self) -> None:
        self.answer(b"xx", Content_Encoding="br")

    def image(self) -> None:
        self.answer(b"\x89PNG", "image/png")

    def liar(self) -> None:
        self.answer(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "text/html")

    def empty(self) -> None:
        self.answer(b"")

    def broken(self) -> None:
        self.answer(b"", status=500)

    def short(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"The ministers")
        self.close_connection = True

    def moved_once(self) -> None:
        self.moved("/page")

    def circle(self) -> None:
        self.moved("/circle2")

    def circle2(self) -> None:
        self.moved("/circle")

    def ever(self) -> None:
        self.moved(f"/ever?{int(self.path.partition('?')[2] or 0) + 1}")

    def to_file(self) -> None:
        self.moved("file:///etc/passwd")

    def nowhere(self) -> None:
        self.answer(b"", status=302)

    def endless(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Connection", "close")
        self.end_headers()
        self.drip(b"They met. " * 1000, pause=0)

    def slow(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Connection", "close")
        self.end_headers()
        self.drip(b"a", pause=0.05)

    def slow_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        self.drip(b"a", pause=0.05)

    def drip(self, data: bytes, pause: float) -> None:
        end = time.monotonic() + 5
        try:
            while time.monotonic() < end:
                self.wfile.write(data)
                time.sleep(pause)
        except OSError:
            self.close_connection = True


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def fetch(url: str, **options: object) -> list[Article | InputError]:
    return list(collect([url], CollectOptions(**{"allow_private": True, **options})))  # type: ignore[arg-type]


def refusal(url: str, **options: object) -> str:
    [error] = fetch(url, **options)
    assert isinstance(error, InputError), error
    assert error.source == url
    assert "\n" not in str(error)
    return error.reason


def test_a_page_is_fetched_and_known_by_its_address(site: str) -> None:
    assert fetch(f"{site}/page", outlet="The Example") == [
        Article(id=f"{site}/page", url=f"{site}/page", text=STORY, title="Ministers meet", outlet="The Example")
    ]


@pytest.mark.parametrize("page", ["moved_once", "untyped", "packed"])
def test_a_page_is_had_by_every_way_it_is_sent(site: str, page: str) -> None:
    [found] = fetch(f"{site}/{page}")
    assert isinstance(found, Article)
    assert (found.text, found.id) == (STORY, f"{site}/{page}")


def test_text_is_decoded_as_the_server_says(site: str) -> None:
    [found] = fetch(f"{site}/latin")
    assert isinstance(found, Article)
    assert found.text == "The café owner Müller met the minister."


@pytest.mark.parametrize("page", ["lines.jsonl", "lines", "feed_jsonl"])
def test_json_lines_are_fetched_too(site: str, page: str) -> None:
    assert [getattr(found, "text", found) for found in fetch(f"{site}/{page}")] == ["They met.", "They left."]


def test_the_server_is_asked_by_its_name(site: str) -> None:
    port = site.rpartition(":")[2]
    [found] = fetch(f"http://localhost:{port}/host")
    assert isinstance(found, Article)
    assert found.text == f"The page was asked of localhost:{port}."


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("nothing", "the server answered 404 Not Found"),
        ("broken", "the server answered 500 Internal Server Error"),
        ("nowhere", "the server answered 302 Found"),
        ("circle", "redirects in a circle"),
        ("ever", "redirects more than 5 times"),
        ("to_file", "redirects to file, and only http and https are fetched"),
        ("image", "image/png, not a page or text"),
        ("liar", "an image, not text"),
        ("brotli", "sent packed as br"),
        ("empty", "empty; there is nothing to read"),
        ("bomb", "larger than 1 MB"),
        ("endless", "larger than 1 MB"),
        ("slow", "no full answer within 0.5 seconds"),
        ("slow_head", "no full answer within 0.5 seconds"),
        ("short", "cannot be fetched"),
    ],
)
def test_what_cannot_be_had_is_refused_in_one_line(site: str, page: str, reason: str) -> None:
    begin = time.monotonic()
    assert reason in refusal(f"{site}/{page}", max_bytes=1_000_000, timeout=0.5 if "slow" in page else 10).replace(
        "unpacks to more than 200 times its size and", "larger than"
    )
    assert time.monotonic() - begin < 3


def test_a_server_that_is_not_there_is_refused() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert refusal(f"http://127.0.0.1:{closed.getsockname()[1]}/") == "cannot be fetched (connection refused)"
    assert refusal("http://no-such-name.invalid/") == "cannot be fetched (its name is not known)"
    assert "cannot be fetched" in refusal("http://")
    assert "not a valid address" in refusal("http://127.0.0.1:port/")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"]
)
def test_private_addresses_are_refused_however_they_are_written(site: str, host: str) -> None:
    url = f"http://{host}:{site.rpartition(':')[2]}/page"
    assert "; --allow-private fetches from it" in refusal(url, allow_private=False)


@pytest.mark.parametrize(
    "address",
    """10.0.0.1 172.16.0.1 192.168.1.1 127.0.0.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 198.18.0.1
    ::1 :: fe80::1 fe80::1%eth0 fc00::1 fec0::1 ff02::1 2001:db8::1 ::ffff:10.0.0.1 ::10.0.0.1 64:ff9b::10.0.0.1
    64:ff9b:1::1 2002:a00:1:: 2001:0:1::1""".split(),
)
def test_addresses_that_are_not_of_the_public_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", "8.8.8.8 93.184.216.34 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::8.8.8.8".split())
def test_addresses_of_the_public_internet(address: str) -> None:
    assert is_public(address)


def test_a_name_that_changes_its_address_between_check_and_connection_gains_nothing(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is asked once; a resolver that then lies, as in DNS rebinding, is not heard."""
    asked = []
    resolve = socket.getaddrinfo

    def lying(host: str, *args: object, **kwargs: object) -> object:
        asked.append(host)
        return resolve("127.0.0.1" if asked.count("rebinding.example") == 1 else "127.0.0.9", *args[:1], type=socket.SOCK_STREAM)  # type: ignore[call-overload]

    monkeypatch.setattr(socket, "getaddrinfo", lying)
    [found] = fetch(f"http://rebinding.example:{site.rpartition(':')[2]}/host")
    assert isinstance(found, Article)
    assert asked.count("rebinding.example") == 1


def test_a_dead_address_does_not_stop_the_batch(site: str, tmp_path: Path) -> None:
    options = CollectOptions(allow_private=True)
    first, second = collect([f"{site}/nothing", f"{site}/page"], options)
    assert isinstance(first, InputError)
    assert isinstance(second, Article)


def test_proxies_of_the_environment_are_not_asked(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "HTTP_PROXY", "http://127.0.0.1:1")
    [found] = fetch(f"{site}/page")
    assert isinstance(found, Article)
