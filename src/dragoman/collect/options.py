"""How inputs are collected."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dragoman.article import Article
from dragoman.errors import InputError

Collected = Article | InputError
"""What collecting one input yields: an article, or the named reason why there is none."""

ARTICLE_FIELDS = tuple(Article.model_fields)
"""Names of the fields that an input may give, in the words of `Article`."""


@dataclass(frozen=True, slots=True)
class CollectOptions:
    """What holds for all inputs of one call.

    Attributes:
        published: ISO date of publication where the input tells none.
        outlet: outlet where the input names none.
        columns: for CSV and Parquet, the column that holds each field (`{"text": "body"}`); a field not named here is
            taken from the column of its own name.
        allow_private: fetch from private, loopback and link-local addresses too.
        force_language: read articles that are not in English.
        max_bytes: the largest file, page, line or row that makes one article, unpacked.
        max_characters: the longest text of one article, in code points.
        timeout: seconds that fetching one URL may take in all.
        max_redirects: redirects followed for one URL.

    Raises:
        InputError: when `published` is no date or `columns` names a field that an article does not have.

    """

    published: str | None = None
    outlet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    allow_private: bool = False
    force_language: bool = False
    max_bytes: int = 20_000_000
    max_characters: int = 1_000_000
    timeout: float = 30.0
    max_redirects: int = 5

    def __post_init__(self) -> None:
        try:
            Article(id="-", text="-", published=self.published)
        except ValueError:
            raise InputError("--published", f"{self.published!r} is not an ISO date such as 2023-10-19") from None
        for name in self.columns:
            if name not in ARTICLE_FIELDS:
                raise InputError("--columns", f"an article has no field {name!r}; it has {', '.join(ARTICLE_FIELDS)}")
