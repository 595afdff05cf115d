"""From the fields that an input gives to a checked article."""

import re
from collections.abc import Iterable, Mapping

from pydantic import ValidationError

from dragoman.article import Article
from dragoman.collect.language import Language, foreign_language
from dragoman.collect.options import ARTICLE_FIELDS, Collected, CollectOptions
from dragoman.errors import InputError

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_SHOWN = 40
_METADATA = tuple(name for name in ARTICLE_FIELDS if name != "text")


def article_of(name: str, fields: Mapping[str, object], options: CollectOptions) -> Collected:
    """The article that `fields` describe, its text unchanged, with the options' date and outlet where it has none.

    Returns the InputError, named `name`, when there is no text, when a field is not what it must be, when the text is longer
    than the options allow or not in English.
    """
    try:
        return _checked(name, fields, options)
    except InputError as error:
        return error


def _checked(name: str, fields: Mapping[str, object], options: CollectOptions) -> Article:
    _refuse_without_text(name, fields)
    _refuse_long(name, fields["text"], options)
    _refuse_unwritable(name, fields)
    article = _validated(
        name, {**fields, "published": _published(fields, options), "outlet": fields.get("outlet") or options.outlet}
    )
    return _in_english(name, article, options)


def _refuse_without_text(name: str, fields: Mapping[str, object]) -> None:
    text = fields.get("text")
    if text is not None and not isinstance(text, str):
        raise InputError(name, f"its 'text' is of type {type(text).__name__}, not a text")
    if "text" in fields and text is None:
        raise InputError(name, "its 'text' is null; an article needs a text")
    if text is None:
        raise InputError(name, f"no 'text' in it (it has {listed(fields)}); an article needs one")


def listed(names: Iterable[str]) -> str:
    """Names as an error shows them: quoted, the first eight of them, shortened."""
    shown = [repr(name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…") for name in names]
    return ", ".join([*shown[:8], "…"] if len(shown) > 8 else shown) or "nothing"


def _refuse_long(name: str, text: object, options: CollectOptions) -> None:
    if isinstance(text, str) and len(text) > options.max_characters:
        raise InputError(
            name,
            f"the text has {len(text):,} characters; at most {options.max_characters:,} are read as one article, so split it",
        )


def _refuse_unwritable(name: str, fields: Mapping[str, object]) -> None:
    for field in _METADATA:
        value = fields.get(field)
        if isinstance(value, str) and (found := _UNWRITABLE.search(value)):
            what = "a NUL" if found.group() == "\0" else f"a lone surrogate (U+{ord(found.group()):04X})"
            raise InputError(name, f"its {field!r} holds {what} at offset {found.start()}; remove it")


def _published(fields: Mapping[str, object], options: CollectOptions) -> object:
    published = fields.get("published")
    return options.published if published is None or published == "" else published


def _validated(name: str, fields: Mapping[str, object]) -> Article:
    try:
        return Article.model_validate(dict(fields))
    except ValidationError as error:
        raise InputError(name, _first_reason(error)) from None


def _first_reason(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    message = first["msg"].removeprefix("Value error, ")
    if first["type"] == "value_error":
        return message
    field = ".".join(map(str, first["loc"]))
    return f"its {field!r} is {type(first['input']).__name__} {str(first['input'])[:60]!r}: {message[0].lower()}{message[1:]}"


def _in_english(name: str, article: Article, options: CollectOptions) -> Article:
    if options.force_language:
        return article
    if language := foreign_language(article.text):
        raise InputError(name, _refusal(language))
    return article


def _refusal(language: Language) -> str:
    return f"in {language.name} ({language.code}), and only English is read; --force-language reads it all the same"
