"""Who owns the outlets: read from the resolver's table of media."""

from dataclasses import dataclass
from functools import cache

from dragoman.ledger.tellings import Outlet
from dragoman.record import RecordedArticle
from dragoman.resolve.lookup import outlet
from dragoman.resolve.rows import read_rows, span
from dragoman.resolve.tables import HERE, Tables

_COLUMNS = ("ref", "country", "owner", "state", "from", "until")
_STATE_RUN = ("yes", "state")


@dataclass(frozen=True, slots=True)
class _Owned:
    """Who owned a medium from one day to another, days as numbers like 20231019."""

    owner: str
    country: str
    state_run: bool
    since: int
    until: int


def outlet_of(article: RecordedArticle, facts: Tables) -> Outlet:
    """Who published an article; an outlet that the tables do not know owns itself, None where none is told."""
    known = outlet(article.outlet, article.url, facts)
    if known is None:
        return Outlet(owner=article.outlet.strip().casefold() if article.outlet and article.outlet.strip() else None)
    day = int(article.published[:10].replace("-", "")) if article.published else None
    terms = _owners().get(known.ref, ())
    owned = next((o for o in terms if day is None or o.since <= day <= o.until), None) or next(iter(terms), None)
    if owned is None:
        return Outlet(owner=known.ref)
    return Outlet(owner=owned.owner or known.ref, country=owned.country, state_run=owned.state_run)


@cache
def _owners() -> dict[str, tuple[_Owned, ...]]:
    found: dict[str, tuple[_Owned, ...]] = {}
    for row in read_rows(HERE / "media.csv", _COLUMNS):
        held = span(row)
        owned = _Owned(row.fields["owner"], row.fields["country"], row.fields["state"] in _STATE_RUN, held.since, held.until)
        found[row.fields["ref"]] = (*found.get(row.fields["ref"], ()), owned)
    return found
