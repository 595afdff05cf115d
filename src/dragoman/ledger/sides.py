"""Which side of an act somebody stands on."""

from collections.abc import Iterable

from dragoman.ledger.tellings import Party
from dragoman.ledger.words import generic_words, name_words, word_lists
from dragoman.resolve.facts import UNKNOWN

EXECUTIVE = frozenset("GOV MIL COP SPY".split())
"""Sectors that act for a state together: what one of them says, the state says."""

_AGAINST_THE_STATE = frozenset("OPP REB UAF PRM".split())


def same_party(one: Party, other: Party) -> bool:
    """Whether two parties are one: by key, by name, or both without a name and alike in country and sector."""
    if one.ref and other.ref:
        return one.ref == other.ref
    if one.country != other.country:
        return False
    names, others = name_words(one.name), name_words(other.name)
    if names and others:
        return bool(names & others)
    return one.sector == other.sector and one.country != UNKNOWN


def same_side(one: Party, other: Party) -> bool:
    """Whether two parties speak for one: the same party, the same state, or the same sector of a country."""
    if same_party(one, other):
        return True
    if UNKNOWN in (one.country, other.country) or one.country != other.country:
        return False
    return one.sector == other.sector or {one.sector, other.sector} <= EXECUTIVE


def shares_country(asserter: Party, party: Party) -> bool:
    """Whether a state speaks of its own people or bodies, those that fight or oppose it left out."""
    own = asserter.sector in EXECUTIVE and asserter.country == party.country != UNKNOWN
    return own and party.sector not in _AGAINST_THE_STATE


def opposes(asserter: Party, party: Party) -> bool:
    """Whether two of one country are at odds by what they are: opposition or rebels, and the state."""
    sectors = (asserter.sector, party.sector)
    return asserter.country == party.country != UNKNOWN and any(
        a in _AGAINST_THE_STATE and b in EXECUTIVE for a, b in (sectors, sectors[::-1])
    )


def is_anonymous(party: Party) -> bool:
    """Whether a party is not named, not even by what it acts for."""
    if party.ref or UNKNOWN not in (party.country, party.sector):
        return False
    return not (name_words(party.name) - word_lists().vague) or (party.country == UNKNOWN and not name_words(party.name))


def voice(party: Party) -> str:
    """A key under which all that speak for one party fall together: a state's branches are one voice."""
    if party.sector in EXECUTIVE and party.country not in (UNKNOWN, "IGO", "INT"):
        return f"{party.country} state"
    if party.ref:
        return party.ref
    words = name_words(party.name) or generic_words(party.name)
    return f"{party.country} {party.sector} {' '.join(sorted(words))}"


def any_same_side(party: Party, others: Iterable[Party]) -> bool:
    """Whether a party is on the side of one of the others."""
    return any(same_side(party, o) for o in others)
