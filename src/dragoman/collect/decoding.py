"""From bytes to text."""

# ruff: noqa: PLC0415 (large libraries are imported when they are first needed)
import codecs
import re

from dragoman.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FORMATS = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
    (b"PAR1", "a Parquet file"),
    (b"WARC/", "a web archive (WARC), which this version does not read"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_SAMPLE = 65_536
_MAX_CONTROL_SHARE = 0.01
_MAX_HIGH_SHARE_OF_WESTERN = 0.05


def refuse_binary(name: str, head: bytes) -> None:
    """Raises InputError, with the format where it is known, when the first bytes of a document are not those of a text."""
    if any(head.startswith(mark) for mark, _ in _MARKS):
        return
    for magic, what in _FORMATS:
        if head.startswith(magic):
            raise InputError(name, f"{what}, not text; save it as plain text or HTML" if "," not in what else what)
    controls = len(_CONTROL.findall(head))
    if controls > 1 and controls > _MAX_CONTROL_SHARE * len(head):
        raise InputError(name, "a binary file, not text; save it as plain text or HTML")


def decoded(name: str, data: bytes, declared: str | None = None) -> str:
    """The text of `data`: by its byte order mark, else as UTF-8, else as `declared`, else in the encoding that fits best.

    Raises InputError for UTF-8 with broken places, and for bytes that fit no encoding.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(name, data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
    if declared and (text := _tried(data, declared)) is not None:
        return text
    if _is_mostly_utf8(data):
        raise InputError(name, f"not valid UTF-8 at byte {broken.start} ({broken.reason}); save it as UTF-8 again")
    if (text := _guessed(data)) is not None:
        return text
    raise InputError(name, f"in no encoding that is known (not UTF-8 at byte {broken.start}); save it as UTF-8")


def _strictly(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        label = encoding.removesuffix("-sig").upper()
        raise InputError(name, f"not valid {label} at byte {error.start} ({error.reason}); save it as UTF-8 again") from None


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return codecs.decode(data, encoding) if codecs.lookup(encoding)._is_text_encoding else None
    except (LookupError, ValueError):
        return None


def _is_mostly_utf8(data: bytes) -> bool:
    whole = _MULTIBYTE.findall(data)
    return 2 * sum(map(len, whole)) > len(_HIGH.findall(data))


def _guessed(data: bytes) -> str | None:
    """English text with a few letters above ASCII is Windows-1252 far more often than anything else that fits it."""
    if len(_HIGH.findall(data)) < _MAX_HIGH_SHARE_OF_WESTERN * len(data) and (text := _tried(data, "cp1252")) is not None:
        return text
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return _tried(data, best.encoding) if best else None
