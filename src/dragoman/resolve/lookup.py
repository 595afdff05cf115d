"""What a name resolves to, and why."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from dragoman.resolve.facts import Known
from dragoman.resolve.tables import Tables
from dragoman.resolve.tokens import name_key


def outlet(name: str | None, url: str | None, facts: Tables) -> Known | None:
    """The medium of an outlet's name or, failing that, of the site that an article's address is on."""
    for meaning in facts.names.get(name_key(name), ()) if name else ():
        if meaning.known.kind == "medium":
            return meaning.known
    host = (urlsplit(url).hostname or "") if url else ""
    while "." in host:
        if host in facts.outlets:
            return facts.outlets[host]
        host = host.split(".", 1)[1]
    return None
