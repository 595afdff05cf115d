"""Claims: which events of all articles tell one act in the world, who backs it, and who contests it.

`tellings` takes the events out of a record, `join` puts the tellings of one act together. The rules stand in
`docs/reference/claims.md`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.ledger.denials import Denials, tie_denials
from dragoman.ledger.grouping import groups
from dragoman.ledger.support import Backing, Weighed, weigh
from dragoman.ledger.tellings import Outlet, Party, Telling, tellings

__all__ = ["Backing", "Claim", "Outlet", "Party", "Telling", "join", "tellings"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One act in the world, as all its tellings tell it.

    `id` is `article:event` of the first telling. `support` names the kinds of backing (narrated, third, anonymous, doer,
    recipient, adversary), `backing` each backer with its tellings; `independent` counts them, copies and repeats once.
    `disputed_by` holds the events that deny or contest the act, `deniers` who does. `date` is YYYY, YYYY-MM or YYYY-MM-DD;
    `date_basis` says whether it is told or the publication date of the first telling; both are None without any date.
    `against_interest`: the doer owns up to its own hostile act.
    """

    id: str
    type: str
    tellings: tuple[Telling, ...]
    factuality: str
    support: tuple[str, ...]
    backing: tuple[Backing, ...]
    independent: int
    against_interest: bool
    disputed_by: tuple[Telling, ...]
    deniers: tuple[Party, ...]
    status: str
    date: str | None
    until: str | None
    date_basis: str | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]


def join(told: Iterable[Telling]) -> tuple[Claim, ...]:
    """The claims that tellings add up to, in the order of their first tellings; the same for any order of the tellings."""
    ordered = sorted(told, key=lambda t: t.order)
    joined = groups(ordered)
    denials = tie_denials(joined)
    return tuple(_claim(group, denials) for group in joined)


def _claim(group: tuple[Telling, ...], denials: Denials) -> Claim:
    first = group[0]
    against = denials.of(group)
    weighed: Weighed = weigh(group, against)
    return Claim(
        id=first.key,
        type=weighed.type,
        tellings=group,
        factuality=weighed.factuality,
        support=weighed.support,
        backing=weighed.backing,
        independent=weighed.independent,
        against_interest=weighed.against_interest,
        disputed_by=against,
        deniers=weighed.deniers,
        status=weighed.status,
        date=weighed.date,
        until=weighed.until,
        date_basis=weighed.date_basis,
        actors=weighed.actors,
        recipients=weighed.recipients,
    )
