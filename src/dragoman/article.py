"""An article: what goes into the reader."""

import datetime
import hashlib
import re
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, field_validator, model_validator

_SURROGATE = re.compile("[\ud800-\udfff]")


class Article(BaseModel):
    """A text with its metadata; `text` alone is read, and every offset of a record points into it.

    `id` is the given one, else the url, else the SHA-256 of the text. `published` is an ISO date or date-time, as told.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    lang: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _named(cls, data: Any) -> Any:
        if isinstance(data, dict) and not data.get("id") and isinstance(data.get("text"), str):
            return {**data, "id": data.get("url") or text_hash(data["text"])}
        return data

    @field_validator("id", mode="before")
    @classmethod
    def _id_as_text(cls, value: Any) -> Any:
        return str(value) if isinstance(value, int) else value

    @field_validator("text")
    @classmethod
    def _readable(cls, text: str) -> str:
        if not text.strip():
            raise ValueError("the text is empty")
        if "\0" in text:
            raise ValueError(f"the text holds a NUL at offset {text.index(chr(0))}; remove it")
        if found := _SURROGATE.search(text):
            code = f"U+{ord(found.group()):04X}"
            raise ValueError(f"the text holds a lone surrogate ({code}) at offset {found.start()}; save it as valid UTF-8")
        return text

    @field_validator("published")
    @classmethod
    def _dated(cls, published: str | None) -> str | None:
        if published is None or not published.strip():
            return None
        try:
            datetime.datetime.fromisoformat(published.strip())
        except ValueError:
            raise ValueError(f"'published' is {published!r}, not an ISO date such as 2023-10-19") from None
        return published.strip()

    @property
    def published_date(self) -> datetime.date | None:
        """The day of publication, without its time."""
        return datetime.datetime.fromisoformat(self.published).date() if self.published else None

    @classmethod
    def of(cls, article: "str | Article", published: str | None = None) -> Self:
        """An article from a bare text or another article, with `published` filled in where it is not told."""
        if isinstance(article, str):
            return cls.model_validate({"text": article, "published": published})
        if published and not article.published:
            return cls.model_validate({**article.model_dump(), "published": published})
        return cls.model_validate(article.model_dump())


def text_hash(text: str) -> str:
    """SHA-256 of a text's UTF-8 bytes, in hexadecimal.

    Raises UnicodeEncodeError for a lone surrogate, which has no bytes; `Article` names it first.
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
