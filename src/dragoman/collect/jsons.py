"""Articles in JSON and JSON Lines."""

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from dragoman.collect.articles import article_of
from dragoman.collect.decoding import decoded
from dragoman.collect.document import Document, megabytes
from dragoman.collect.options import Collected, CollectOptions
from dragoman.errors import InputError

_MARK = b"\xef\xbb\xbf"


def read_json(document: Document, options: CollectOptions) -> Iterator[Collected]:
    """The articles of one JSON value, an object or an array of them; of JSON Lines, when that is what it turns out to be."""
    first = document.stream.readline(options.max_bytes + 1)
    second = document.stream.readline(options.max_bytes + 1)
    if _are_lines(first, second):
        yield from _articles_of_lines(document, [first, second], options)
    else:
        yield from _articles_of_value(document, first + second, options)


def read_json_lines(document: Document, options: CollectOptions) -> Iterator[Collected]:
    """The articles of JSON Lines, one after the other; a line that holds none is an error of its own."""
    yield from _articles_of_lines(document, [], options)


def _are_lines(first: bytes, second: bytes) -> bool:
    """Whether a document that begins so is JSON Lines: an object on the first line and more after it, or on the second."""
    return bool(second) and (_is_line_of_json(first) or (not _opens_array(first) and _is_line_of_json(second)))


def _opens_array(line: bytes) -> bool:
    return line.removeprefix(_MARK).lstrip().startswith(b"[")


def _is_line_of_json(line: bytes) -> bool:
    if not line.removeprefix(_MARK).lstrip().startswith(b"{"):
        return False
    try:
        json.loads(line.removeprefix(_MARK))
    except (ValueError, RecursionError):
        return False
    return True


def _articles_of_value(document: Document, begin: bytes, options: CollectOptions) -> Iterator[Collected]:
    data = document.whole(options.max_bytes, begin)
    if not data.strip():
        raise InputError(document.name, "empty; there is nothing to read")
    value = _parsed(document.name, decoded(document.name, data))
    if not isinstance(value, list):
        yield _article_of_value(document.name, value, options)
        return
    if not value:
        raise InputError(document.name, "an empty array; there is nothing to read")
    for number, item in enumerate(value, start=1):
        yield _article_of_value(f"{document.name} item {number}", item, options)


def _articles_of_lines(document: Document, begin: Sequence[bytes], options: CollectOptions) -> Iterator[Collected]:
    found = False
    lines = itertools.chain(begin, _lines(document, options.max_bytes))
    for number, line in enumerate(lines, start=1):
        if line.strip():
            found = True
            yield _article_of_line(f"{document.name} line {number}", line, options)
    if not found:
        raise InputError(document.name, "empty; there is nothing to read")


def _lines(document: Document, limit: int) -> Iterator[bytes]:
    """Lines of the document; of one longer than `limit`, its first `limit` + 1 bytes."""
    while line := document.stream.readline(limit + 1):
        if len(line) > limit:
            _skip_line(document, line, limit)
        yield line


def _skip_line(document: Document, line: bytes, limit: int) -> None:
    while line and not line.endswith(b"\n"):
        line = document.stream.readline(limit)


def _article_of_line(name: str, line: bytes, options: CollectOptions) -> Collected:
    if len(line) > options.max_bytes:
        return InputError(name, f"longer than {megabytes(options.max_bytes)}, the most that one article may have; split it")
    try:
        text = line.removeprefix(_MARK).decode("utf-8")
        return _article_of_value(name, _parsed(name, text), options)
    except UnicodeDecodeError as error:
        return InputError(name, f"not valid UTF-8 at byte {error.start} of the line ({error.reason}); save it as UTF-8 again")
    except InputError as error:
        return error


def _parsed(name: str, text: str) -> object:
    try:
        return cast(object, json.loads(text))
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, " if "\n" in text.rstrip() else ""
        raise InputError(name, f"not valid JSON ({error.msg} at {place}column {error.colno})") from None
    except ValueError:
        raise InputError(name, "not valid JSON (a number too long to read)") from None
    except RecursionError:
        raise InputError(name, "JSON nested too deeply to be an article") from None


def _article_of_value(name: str, value: object, options: CollectOptions) -> Collected:
    if not isinstance(value, Mapping):
        what = "array" if isinstance(value, list) else type(value).__name__
        return InputError(name, f"a JSON {what}, not an article's object with 'text'")
    return article_of(name, value, options)
