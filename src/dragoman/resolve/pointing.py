"""What words that point back, describe or say whose somebody is ask of those whom they mean."""

from collections.abc import Callable

from dragoman.resolve.facts import INTERGOVERNMENTAL, TRANSNATIONAL, Known

CHARGED = frozenset(
    ("minister", "envoy", "ambassador", "special envoy", "special representative", "secretary", "adviser", "deputy minister")
)
"""Roles whose "for" names what they are charged with, not whom they serve."""

ARMED = frozenset("MIL UAF REB PRM CVL GOV UNK".split())
"""Sectors that a member of an armed group does not have of its own."""

OF_WHOM = frozenset("of for in from at on inside within across".split())
"""Prepositions after which a name says whose somebody is; "to" and "with" say to whom."""

ABROAD = frozenset("foreign international regional neighbouring neighboring global world".split())
"""Adjectives that say of a noun without an owner that it is of several states."""

DESCRIBING: dict[str, frozenset[str]] = {
    "PTY": frozenset(("LEG", "GOV", "ELI", "OPP")), "BUS": frozenset(), "LEG": frozenset(), "REL": frozenset(),
    "JRN": frozenset(),
    "OPP": frozenset(("PTY", "CVL")), "ELI": frozenset(),
}  # fmt: skip
"""Sectors of words that mostly describe somebody named before, with the sectors that such a person may have."""


GOVERNMENT = frozenset(("government", "govt", "regime", "administration"))
COUNTRY_WORDS = frozenset("country nation kingdom republic state island sultanate emirate".split())


def is_group(known: Known) -> bool:
    """Whether "the group" may mean this actor."""
    return known.kind in ("armed_group", "group", "organisation") and known.table in ("groups", "organisations", "parties")


def is_community(known: Known) -> bool:
    """Whether these are the people of a faith, who belong to the country that the story is about."""
    return known.table == "regions" and known.kind == "group" and known.terms[0].country == TRANSNATIONAL


def is_armed(known: Known) -> bool:
    """Whether "the militia" may mean this actor."""
    return known.table == "groups"


def is_party(known: Known) -> bool:
    """Whether "the party" may mean this actor."""
    return known.table == "parties"


def is_bloc(known: Known) -> bool:
    """Whether "the bloc" may mean this actor."""
    return known.table == "organisations" and known.terms[0].country == INTERGOVERNMENTAL


def is_medium(known: Known) -> bool:
    """Whether "the newspaper" may mean this actor."""
    return known.kind == "medium"


BODY_WORDS: dict[str, Callable[[Known], bool]] = {
    "group": is_group, "organization": is_group, "organisation": is_group, "movement": is_group, "militia": is_armed,
    "party": is_party, "bloc": is_bloc, "alliance": is_bloc, "newspaper": is_medium, "magazine": is_medium,
    "news agency": is_medium, "broadcaster": is_medium, "daily": is_medium, "tabloid": is_medium,
}  # fmt: skip


def is_called(known: Known, word: str) -> bool:
    """Whether a body's name holds a word by which it is called for short: the Bureau, the Commission."""
    return known.table in ("institutions", "organisations") and word in known.name.lower()
