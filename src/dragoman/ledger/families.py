"""Families: the articles of a ledger that are copies of one text, and the one that they go back to."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from dragoman.ledger.copies import Signature, are_copies
from dragoman.ledger.schema import articles, copy_bands, families

MOST_CANDIDATES = 400
"""Articles compared with a new one; where more share a band with it, the latest."""


@dataclass(frozen=True)
class Placing:
    """Where a new article belongs; `merged` are families that turned out to be one with it."""

    family: int
    merged: tuple[int, ...]


def place(connection: Connection, key: int, text_sha256: str, signature: Signature | None) -> Placing:
    """The family of a new article with this key: that of its copies, else its own.

    Copies that belong to several families make them one.
    """
    found = _families_of_text(connection, text_sha256) | (_families_of_copies(connection, signature) if signature else set())
    if not found:
        connection.execute(insert(families), {"key": key, "origin": key})
        return Placing(key, ())
    family, *others = sorted(found)
    if others:
        connection.execute(update(articles).where(articles.c.family.in_(others)).values(family=family))
        connection.execute(delete(families).where(families.c.key.in_(others)))
    return Placing(family, tuple(others))


def keep_bands(connection: Connection, key: int, signature: Signature | None) -> None:
    """Lets later articles find this one as a copy."""
    if signature:
        connection.execute(insert(copy_bands), [{"band": band, "article": key} for band in signature.bands()])


def forget_bands(connection: Connection, keys: Iterable[int]) -> None:
    """Lets no later article be a copy of these."""
    for key in keys:
        stored = connection.scalar(select(articles.c.signature).where(articles.c.key == key))
        if stored:
            bands = Signature.from_bytes(stored).bands()
            connection.execute(delete(copy_bands).where(copy_bands.c.band.in_(bands), copy_bands.c.article == key))


def settle_origin(connection: Connection, family: int) -> None:
    """Finds anew the article that a family goes back to: that of the credited medium, else the earliest, else the first read.

    A family of which nothing counts any more keeps its origin.
    """
    members = connection.execute(
        select(articles.c.key, articles.c.published, articles.c.medium, articles.c.credit)
        .where(articles.c.family == family, articles.c.current)
        .order_by(func.coalesce(articles.c.published, "9999"), articles.c.key)
    ).all()
    if members:
        credited = {member.credit for member in members if member.credit}
        origin = next((member for member in members if member.medium in credited), members[0])
        connection.execute(update(families).where(families.c.key == family).values(origin=origin.key))


def _families_of_text(connection: Connection, text_sha256: str) -> set[int]:
    same = select(articles.c.family).where(articles.c.text_sha256 == text_sha256, articles.c.current)
    return set(connection.scalars(same))


def _families_of_copies(connection: Connection, signature: Signature) -> set[int]:
    sharing = (
        select(copy_bands.c.article)
        .distinct()
        .where(copy_bands.c.band.in_(signature.bands()))
        .order_by(copy_bands.c.article.desc())
        .limit(MOST_CANDIDATES)
    )
    keys = list(connection.scalars(sharing))
    if not keys:
        return set()
    known = connection.execute(select(articles.c.family, articles.c.signature).where(articles.c.key.in_(keys)))
    return {row.family for row in known if are_copies(signature, Signature.from_bytes(row.signature))}
