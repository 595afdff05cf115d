"""Files, folders and standard input become articles, or named reasons why not."""

import codecs
import gzip
import io
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.article import Article, text_hash
from dragoman.collect import CollectOptions, collect
from dragoman.errors import InputError

STORY = "Ministers meet\n\nThe ministers met in the capital on Monday, and they said that the talks would go on."
NOBODY = 65534


def read(*sources: object, **options: object) -> list[Article | InputError]:
    return list(collect(map(str, sources), CollectOptions(**options)))  # type: ignore[arg-type]


def one(source: object, **options: object) -> Article:
    [article] = read(source, **options)
    assert isinstance(article, Article), article
    return article


def refusal(source: object, **options: object) -> str:
    [error] = read(source, **options)
    assert isinstance(error, InputError), error
    assert "\n" not in str(error)
    return error.reason


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def article(text: str, **fields: object) -> str:
    return json.dumps({"text": text, **fields})


def test_a_plain_text_is_an_article_with_its_first_line_as_title(tmp_path: Path) -> None:
    found = one(written(tmp_path / "a.txt", STORY), published="2023-10-19", outlet="The Example")
    assert found == Article(id=text_hash(STORY), text=STORY, title="Ministers meet", published="2023-10-19", outlet="The Example")


def test_a_plain_text_that_begins_with_a_sentence_has_no_title(tmp_path: Path) -> None:
    assert one(written(tmp_path / "a.txt", "They met on Monday.\n\nThey will meet again.")).title is None


def test_a_plain_text_loses_its_boilerplate(tmp_path: Path) -> None:
    text = STORY + "\n\nAdvertisementThe new Example Class has arrived\n"
    assert one(written(tmp_path / "a.txt", text)).text == STORY


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "latin-1"])
def test_text_of_many_encodings_is_read(tmp_path: Path, encoding: str) -> None:
    text = "The café owner Müller met the minister in Paris, and they said that the talks would go on."
    assert one(written(tmp_path / "a.txt", text.encode(encoding))).text == text


def test_curly_quotes_of_windows_are_read(tmp_path: Path) -> None:
    text = "The ministers met, and “we agree” – the words of the president – were all that they said."
    assert one(written(tmp_path / "a.txt", text.encode("cp1252"))).text == text


def test_a_russian_text_in_its_own_encoding_is_refused_as_russian(tmp_path: Path) -> None:
    text = "Министр иностранных дел прибыл в столицу и встретился с президентом. Переговоры продолжатся завтра."
    assert "Russian (ru)" in refusal(written(tmp_path / "a.txt", text.encode("cp1251")))


def test_utf8_with_a_broken_place_is_refused_with_the_place(tmp_path: Path) -> None:
    data = "“We agree”, they said in the capital – ".encode() + b"\xe2\x80" + b" and then they left."
    assert "not valid UTF-8 at byte 45" in refusal(written(tmp_path / "a.txt", data))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", "", "empty"),
        ("a.txt", " \n\t\r\n", "empty"),
        ("a.json", "", "empty"),
        ("a.jsonl", "\n\n", "empty"),
        ("a.html", " ", "empty"),
        ("a.csv", "", "empty"),
        ("a.txt.gz", gzip.compress(b"", mtime=0), "empty"),
        ("a.json", "[]", "an empty array"),
        ("a.txt", bytes(range(256)) * 10, "binary"),
        ("a", b"\x7fELF\x02\x01\x01" + bytes(99), "a program, not text"),
        ("a.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF document, not text"),
        ("a.docx", b"PK\x03\x04\x14\x00", "an Office document, not text"),
        ("a.txt", "Ministers met\0 on Monday in the capital.", "a NUL at offset 13"),
        ("a.txt", "AdvertisementThe new Example Class has arrived", "nothing but advertisements"),
        ("a.txt", codecs.BOM_UTF16_LE + b"a\0b", "not valid UTF-16 at byte"),
        ("a.gz", b"\x1f\x8b\x08\x00broken", "damaged or cut short"),
        ("a.gz", gzip.compress(os.urandom(5000).hex().encode())[:2000], "damaged or cut short"),
        ("a.gz", gzip.compress(gzip.compress(b"They met.", mtime=0), mtime=0), "gzipped twice"),
        ("a.xml", '<?xml version="1.0"?><!-- x --><rss><channel/></rss>', "a feed"),
        ("a.json", "{", "not valid JSON"),
        ("a.json", '{"title": "Ministers meet"}', "no 'text' in it (it has 'title')"),
        ("a.json", '{"text": null}', "its 'text' is null"),
        ("a.json", '{"text": 7}', "its 'text' is of type int"),
        ("a.json", '{"text": " "}', "the text is empty"),
        ("a.json", "7", "a JSON int"),
        ("a.json", '{"text": "They met.", "published": "last Monday"}', "'published' is 'last Monday', not an ISO date"),
        ("a.json", '{"text": "They met.", "published": "2023-02-30"}', "'published' is '2023-02-30'"),
        ("a.json", r'{"text": "They \ud800 met."}', "a lone surrogate (U+D800) at offset 5"),
        ("a.json", r'{"text": "They\u0000met."}', "a NUL at offset 4"),
        ("a.json", r'{"text": "They met.", "title": "\udfff"}', "'title' holds a lone surrogate (U+DFFF) at offset 0"),
        ("a.json", "[" * 200_000, "nested too deeply"),
        ("a.json", '{"text":' * 100_000, "nested too deeply"),
        ("a.json", f'{{"text": {"9" * 10_000}}}', "a number too long"),
    ],
)
def test_bad_input_is_refused_in_one_line(tmp_path: Path, name: str, content: str | bytes, reason: str) -> None:
    assert reason in refusal(written(tmp_path / name, content))


def test_a_refusal_names_its_input_and_the_others_are_read(tmp_path: Path) -> None:
    good, bad = written(tmp_path / "good.txt", STORY), written(tmp_path / "bad.txt", "")
    first, second, third = read(good, bad, good)
    assert isinstance(first, Article)
    assert first == third
    assert isinstance(second, InputError)
    assert str(second) == f"{bad}: empty; there is nothing to read"


def test_what_is_not_there_is_said_to_be_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere.txt") == "no such file or folder"
    assert refusal("") == "an empty path; name a file, a folder or a URL"
    assert "a NUL" in refusal("a\0b")
    assert "only http and https" in refusal("ftp://example.org/a.txt")
    assert refusal("/dev/null") == "neither a file nor a folder"
    assert refusal("a" * 5000) == "file name too long"


@contextmanager
def without_privileges() -> Iterator[None]:
    """As a user to whom file permissions apply; root passes over them."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_and_a_folder_without_permission_are_refused_and_the_others_read(tmp_path: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents[:-2]):
        folder.chmod(0o755)
    closed_file, closed_folder = written(tmp_path / "a.txt", STORY), tmp_path / "b"
    closed_folder.mkdir()
    written(tmp_path / "c.txt", STORY)
    closed_file.chmod(0)
    closed_folder.chmod(0)
    try:
        with without_privileges():
            found = read(tmp_path)
    finally:
        closed_folder.chmod(0o755)
    denied = "permission denied; make it readable for this user"
    assert [str(f) if isinstance(f, InputError) else f.title for f in found] == [
        f"{closed_file}: {denied}",
        f"{closed_folder}: {denied}",
        "Ministers meet",
    ]


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json"])
def test_50_megabytes_are_too_large_for_one_article(tmp_path: Path, name: str) -> None:
    assert "larger than 20 MB" in refusal(written(tmp_path / name, b"They met on Monday.\n" * 2_500_000))


def test_one_line_of_5_megabytes_is_too_long(tmp_path: Path) -> None:
    assert "5,000,000 characters; at most 1,000,000" in refusal(written(tmp_path / "a.txt", "They met. " * 500_000))
    assert "5,000,000 characters" in refusal(written(tmp_path / "a.jsonl", article("They met. " * 500_000)))


def test_a_folder_is_read_recursively_by_name_without_what_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("c.txt", "b/x.txt", "a.TXT", ".secret.txt", ".hidden/a.txt", "README", "photo.png", "notes.md"):
        written(tmp_path / name, f"{name}\n\nThey met on Monday.")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert [f.title for f in read(tmp_path) if isinstance(f, Article)] == ["a.TXT", "b/x.txt", "c.txt"]


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    written(tmp_path / "photo.png", b"\x89PNG")
    assert "a folder without articles" in refusal(tmp_path)


def test_a_named_file_of_another_extension_is_read_by_its_content(tmp_path: Path) -> None:
    assert one(written(tmp_path / "notes.md", STORY)).text == STORY
    assert one(written(tmp_path / "page", f"<!-- a -->\n<!DOCTYPE html><html><p>{STORY}</p></html>")).text.endswith("go on.")
    assert one(written(tmp_path / "data.bin", article(STORY, id="x"))).id == "x"


def test_bracketed_text_is_not_taken_for_json(tmp_path: Path) -> None:
    assert one(written(tmp_path / "a", "[Reuters] They met on Monday.")).text == "[Reuters] They met on Monday."


def test_an_article_in_json_keeps_its_fields_and_every_character_of_its_text(tmp_path: Path) -> None:
    text = "  They\u0301 met \U0001f642.\r\n\r\nשלום\r\n\r\nAdvertisementThe new Example Class  "
    told = {"id": "x1", "title": "T", "published": "2023-10-19T10:00:00Z", "outlet": "O", "url": "https://e.org/1", "lang": "en"}
    found = one(written(tmp_path / "a.json", article(text, **told)), published="2020-01-01", outlet="Other")
    assert found == Article(text=text, **told)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1).filter(str.strip))
def test_any_text_comes_through_json_unchanged(tmp_path: Path, text: str) -> None:
    path = written(tmp_path / "a.jsonl", json.dumps({"text": text}, ensure_ascii=False) + "\n")
    assert one(path, force_language=True).text == text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    content=st.binary(max_size=300),
    name=st.sampled_from(["a", "a.txt", "a.json", "a.jsonl", "a.html", "a.csv", "a.parquet", "a.gz"]),
)
def test_no_bytes_whatever_stop_a_batch(tmp_path: Path, content: bytes, name: str) -> None:
    *found, last = read(written(tmp_path / name, content), written(tmp_path / "last.txt", STORY))
    assert found
    assert isinstance(last, Article)


def test_an_array_of_articles_is_read_item_by_item(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", f"[\n{article('They met.', id='1')},\n7,\n{article('They left.', id=2)}\n]")
    first, second, third = read(path)
    assert isinstance(first, Article)
    assert isinstance(third, Article)
    assert (first.id, str(second), third.id) == ("1", f"{path} item 2: a JSON int, not an article's object with 'text'", "2")


def test_json_lines_with_a_bad_line_yield_the_others(tmp_path: Path) -> None:
    lines = [article("They met."), "", "{broken", '{"text": "caf\udce9"}', article("They left.")]
    path = written(tmp_path / "a.jsonl", "\n".join(lines).encode("utf-8", "surrogateescape"))
    found = read(path)
    assert [f.text for f in found if isinstance(f, Article)] == ["They met.", "They left."]
    assert [f.source for f in found if isinstance(f, InputError)] == [f"{path} line 3", f"{path} line 4"]


def test_json_lines_under_the_name_of_json_are_read(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", f"{article('They met.')}\n{{broken\n{article('They left.')}\n")
    assert [type(f) for f in read(path)] == [Article, InputError, Article]


def test_a_line_that_is_too_long_costs_only_itself(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", "\n".join([article("They met."), article("x" * 5000), article("They left.")]))
    found = read(path, max_bytes=1000)
    assert [type(f) for f in found] == [Article, InputError, Article]
    assert str(found[1]).startswith(f"{path} line 2: longer than 0.001 MB")


def test_json_lines_of_a_pipe_are_read_while_it_is_written() -> None:
    reading, writing = os.pipe()
    found = collect([f"/dev/fd/{reading}"])
    with os.fdopen(writing, "w") as pipe:
        print(article("They met."), article("They left."), sep="\n", file=pipe, flush=True)
        first = next(found)
        print(article("They came back."), file=pipe)
    os.close(reading)
    assert isinstance(first, Article)
    assert [f.text for f in found if isinstance(f, Article)] == ["They left.", "They came back."]


@pytest.mark.parametrize("name", ["a.txt.gz", "a.gz", "a.txt"])
def test_gzipped_text_is_read_whatever_its_name(tmp_path: Path, name: str) -> None:
    assert one(written(tmp_path / name, gzip.compress(STORY.encode()))).text == STORY


def test_gzipped_files_in_a_folder_are_read_by_the_name_before_gz(tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl.gz", gzip.compress(f"{article('They met.')}\n{article('They left.')}".encode()))
    written(tmp_path / "b.tar.gz", gzip.compress(b"no article"))
    assert len(read(tmp_path)) == 2


@pytest.mark.parametrize(
    "name", ["bomb.txt.gz", "bomb.jsonl.gz", "bomb.csv.gz", "bomb.json.gz", "bomb.parquet.gz", "bomb.html.gz"]
)
def test_a_gzip_bomb_does_not_go_off(tmp_path: Path, name: str) -> None:
    bomb = gzip.compress((b"text\n" if "csv" in name else b"") + b"a" * 100_000_000, compresslevel=9)
    begin = time.monotonic()
    assert "larger than" in refusal(written(tmp_path / name, bomb), max_bytes=2_000_000).replace(
        "unpacks to more than", "larger than"
    )
    assert time.monotonic() - begin < 3


def test_standard_input_is_told_apart_by_its_content(monkeypatch: pytest.MonkeyPatch) -> None:
    def piped(content: str, **options: object) -> list[Article | InputError]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
        return read("-", **options)

    assert [getattr(f, "text", None) for f in piped(STORY)] == [STORY]
    assert [getattr(f, "text", None) for f in piped(f"{article('They met.')}\n{article('They left.')}")] == [
        "They met.",
        "They left.",
    ]
    assert [getattr(f, "text", None) for f in piped("body,x\nThey met.,1\n", columns={"text": "body"})] == ["They met."]
    assert [str(f) for f in piped("")] == ["standard input: empty; there is nothing to read"]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"published": "yesterday"}, "--published: 'yesterday' is not an ISO date"),
        ({"columns": {"body": "text"}}, "no field 'body'"),
    ],
)
def test_options_that_mean_nothing_are_refused_at_once(options: dict[str, object], reason: str) -> None:
    with pytest.raises(InputError, match=reason.replace("(", r"\(")):
        CollectOptions(**options)  # type: ignore[arg-type]
