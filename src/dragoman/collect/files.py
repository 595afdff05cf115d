"""Every input, opened, told apart by name or content, and read as what it is."""

# ruff: noqa: PLC0415 (large libraries are imported when they are first needed)
import dataclasses
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from dragoman.collect.decoding import refuse_binary
from dragoman.collect.document import Document, Kind, peeked
from dragoman.collect.gzipped import unpacked
from dragoman.collect.html import read_html
from dragoman.collect.jsons import read_json, read_json_lines
from dragoman.collect.options import Collected, CollectOptions
from dragoman.collect.plain import read_text
from dragoman.collect.tables import read_csv, read_parquet
from dragoman.errors import InputError

KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
}
"""File name extensions that are read in folders; with `.gz` after them too."""

READERS: dict[Kind, Callable[[Document, CollectOptions], Iterator[Collected]]] = {
    "text": read_text,
    "html": read_html,
    "json": read_json,
    "jsonl": read_json_lines,
    "csv": read_csv,
    "parquet": read_parquet,
}
"""What reads the articles of a document of each kind."""

STANDARD_INPUT = "-"

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_MARKUP = re.compile(rb"<(!doctype\s+)?([a-z][a-z0-9:]*)", re.IGNORECASE)
_HTML_TAGS = frozenset(b"html head body title meta link article main section header div p h1 h2 span table".split())
_FEED_TAGS = frozenset(b"rss feed rdf:rdf".split())
_SKIPPED = ((b"<?", b"?>"), (b"<!--", b"-->"))
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*[\"}]|\[\s*[\[{\]])")


def collect(sources: Iterable[str], options: CollectOptions | None = None) -> Iterator[Collected]:
    """Articles of files, folders, `-` (standard input) and http(s) URLs, lazily and in the order of `sources`.

    An input, line or row that cannot be read yields an InputError in its place; nothing is raised for it. Folders are read
    recursively, by name, without hidden files and files of other extensions than `KINDS`.
    """
    options = options or CollectOptions()
    for source in sources:
        yield from _safely(source, lambda source=source: _collected(source, options))  # type: ignore[misc]


def _safely(name: str, read: Callable[[], Iterator[Collected]]) -> Iterator[Collected]:
    """What `read` yields, with what it raises for the input as the last thing."""
    try:
        yield from read()
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError(name, _reason(error))


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "permission denied; make it readable for this user"
    return (error.strerror or str(error) or type(error).__name__).lower()


def _collected(source: str, options: CollectOptions) -> Iterator[Collected]:
    if source == STANDARD_INPUT:
        yield from _read_packed(peeked("standard input", sys.stdin.buffer), options)
    elif scheme := _SCHEME.match(source):
        yield from _read_url(source, scheme[1].lower(), options)
    else:
        yield from _read_path(source, options)


def _read_url(url: str, scheme: str, options: CollectOptions) -> Iterator[Collected]:
    if scheme not in ("http", "https"):
        raise InputError(url, f"{scheme} addresses are not fetched; only http and https are")
    from dragoman.collect.web import fetched

    page = fetched(url, options)
    kind = page.kind or _kind_by_name(PurePosixPath(url.partition("?")[0].partition("#")[0]))
    yield from _read_packed(dataclasses.replace(page, kind=kind), options)


def _read_path(source: str, options: CollectOptions) -> Iterator[Collected]:
    if not source:
        raise InputError("''", "an empty path; name a file, a folder or a URL")
    if "\0" in source:
        raise InputError(repr(source), "a path with a NUL in it")
    path = Path(source)
    if path.is_dir():
        yield from _read_folder(path, options)
    else:
        yield from _read_file(path, options)


def _read_folder(folder: Path, options: CollectOptions) -> Iterator[Collected]:
    found = False
    for path in _files_within(folder):
        found = True
        if isinstance(path, InputError):
            yield path
        else:
            yield from _safely(str(path), lambda path=path: _read_file(path, options))  # type: ignore[misc]
    if not found:
        raise InputError(str(folder), f"a folder without articles; read are {', '.join(KINDS)} and these with .gz")


def _files_within(folder: Path) -> Iterator[Path | InputError]:
    """Files of a folder that are read, in order of their names; links to folders are not followed."""
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if not path.is_dir():
            yield path
            continue
        try:
            waiting += reversed(_read_entries(path))
        except OSError as error:
            yield InputError(str(path), _reason(error))


def _read_entries(folder: Path) -> list[Path]:
    with os.scandir(folder) as entries:
        return sorted(Path(entry.path) for entry in entries if _is_read(entry))


def _is_read(entry: "os.DirEntry[str]") -> bool:
    if entry.name.startswith("."):
        return False
    return entry.is_dir(follow_symlinks=False) or (entry.is_file() and _kind_by_name(Path(entry.path)) is not None)


def _read_file(path: Path, options: CollectOptions) -> Iterator[Collected]:
    with _opened(path) as stream:
        document = peeked(str(path), stream)
        yield from _read_packed(dataclasses.replace(document, kind=_kind_by_name(path)), options)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
        raise InputError(str(path), "neither a file nor a folder")
    with path.open("rb") as stream:
        yield stream


def _kind_by_name(path: Path | PurePosixPath) -> Kind | None:
    named = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    return KINDS.get(named.suffix.lower())


def _read_packed(document: Document, options: CollectOptions) -> Iterator[Collected]:
    inner = unpacked(document, bomb_size=options.max_bytes)
    kind = inner.kind or _kind_by_content(inner.head, options)
    if kind != "parquet":
        refuse_binary(inner.name, inner.head)
    if _first_tag(inner.head) in _FEED_TAGS:
        raise InputError(inner.name, "a feed (RSS or Atom), which this version does not read; name its articles' addresses")
    yield from READERS[kind](inner, options)


def _first_tag(head: bytes) -> bytes:
    """The first tag of a document in lower case, or the type that it declares; nothing when it begins with something else."""
    at = len(head) - len(head.removeprefix(b"\xef\xbb\xbf").lstrip())
    while closing := next((end for begin, end in _SKIPPED if head.startswith(begin, at)), None):
        end = head.find(closing, at)
        if end < 0:
            return b""
        at = len(head) - len(head[end + len(closing) :].lstrip())
    found = _MARKUP.match(head, at)
    return found[2].lower() if found else b""


def _kind_by_content(head: bytes, options: CollectOptions) -> Kind:
    if head.startswith(b"PAR1"):
        return "parquet"
    if _first_tag(head) in _HTML_TAGS:
        return "html"
    if _JSON.match(head):
        return "json"
    return "csv" if options.columns else "text"
