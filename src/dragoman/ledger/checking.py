"""Whether a ledger is sound: the database's own checks, and what must hold between its tables."""

from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True)
class _Rule:
    """What is counted by `query`, to be told as a fault where there is any; `{}` takes the number."""

    fault: str
    query: str


_RULES = (
    _Rule("{} articles lack events that they should have, or have too many", """
        SELECT count(*) FROM articles a WHERE events != (SELECT count(*) FROM events e WHERE e.article = a.key)"""),
    _Rule("{} articles lack statements that they should have, or have too many", """
        SELECT count(*) FROM articles a WHERE statements != (SELECT count(*) FROM statements s WHERE s.article = a.key)"""),
    _Rule("{} articles count more than once under one id", """
        SELECT count(*) FROM (SELECT id FROM articles WHERE current GROUP BY id HAVING count(*) > 1)"""),
    _Rule("{} events count although their article does not, or the other way round", """
        SELECT count(*) FROM events e JOIN articles a ON a.key = e.article WHERE e.current != a.current"""),
    _Rule("{} events that count belong to no claim", """
        SELECT count(*) FROM events WHERE current AND (claim IS NULL OR claim NOT IN (SELECT id FROM claims))"""),
    _Rule("{} claims that are not retracted have no event", """
        SELECT count(*) FROM claims WHERE status != 'retracted'
        AND id NOT IN (SELECT claim FROM events WHERE current AND claim IS NOT NULL)"""),
    _Rule("{} claims stand under an id that was given up", """
        SELECT count(*) FROM claims WHERE id IN (SELECT id FROM moved_claims)"""),
    _Rule("{} claims that were joined to others lead nowhere", """
        SELECT count(*) FROM moved_claims WHERE "to" NOT IN (SELECT id FROM claims)
        AND "to" NOT IN (SELECT id FROM moved_claims)"""),
    _Rule("{} families of copies go back to an article of another family", """
        SELECT count(*) FROM families f WHERE NOT EXISTS
        (SELECT 1 FROM articles a WHERE a.key = f.origin AND a.family = f.key)"""),
    _Rule("{} events cannot be searched", """
        SELECT count(*) FROM events WHERE key NOT IN (SELECT rowid FROM event_words)"""),
    _Rule("{} statements cannot be searched", """
        SELECT count(*) FROM statements WHERE key NOT IN (SELECT rowid FROM statement_words)"""),
)  # fmt: skip


def faults(connection: Connection) -> list[str]:
    """What is wrong, one line each; empty for a sound ledger."""
    integrity = [str(line) for line in connection.scalars(text("PRAGMA integrity_check")) if line != "ok"]
    orphans = sum(1 for _ in connection.execute(text("PRAGMA foreign_key_check")))
    found = [f"the database is damaged: {line}" for line in integrity]
    if orphans:
        found.append(f"{orphans} rows belong to something that is not there")
    counted = [(rule, connection.scalar(text(rule.query)) or 0) for rule in _RULES]
    return found + [rule.fault.format(number) for rule, number in counted if number]
