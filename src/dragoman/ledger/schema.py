"""The tables of a ledger.

A row of `articles` is one version of an article; `current` tells the one that counts. Days are ISO dates, so that they
sort as text. `line` columns hold the JSON that a listing prints.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

APPLICATION_ID = 0x44524147
"""Stands in the head of a ledger's file and tells it from other SQLite databases."""

metadata = MetaData()

families = Table(
    "families",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("origin", Integer, nullable=False),
)
"""Articles that are copies of one text; `origin` is the key of the article that they go back to."""

articles = Table(
    "articles",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("url", Text),
    Column("title", Text),
    Column("published", Text),
    Column("outlet", Text),
    Column("lang", Text),
    Column("text_sha256", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("family", Integer, ForeignKey("families.key"), nullable=False),
    Column("medium", Text),
    Column("credit", Text),
    Column("signature", LargeBinary),
    Column("events", Integer, nullable=False),
    Column("statements", Integer, nullable=False),
    Column("story", Text),
    Column("record", LargeBinary, nullable=False),
    Column("added", Text, nullable=False),
    Index("articles_id", "id"),
    Index("articles_url", "url"),
    Index("articles_text", "text_sha256"),
    Index("articles_family", "family"),
)
"""`medium` and `credit`: references of its outlet and of the medium that the text names as its source;
`story`: the words that mark it, as JSON; `record`: zlib-compressed JSON; `added`: UTC time of the writing."""

copy_bands = Table(
    "copy_bands",
    metadata,
    Column("band", Integer, primary_key=True),
    Column("article", Integer, ForeignKey("articles.key"), primary_key=True),
    sqlite_with_rowid=False,
)
"""Bands of MinHash signatures: near-copies share at least one, see `copies`."""

events = Table(
    "events",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("article", Integer, ForeignKey("articles.key"), nullable=False),
    Column("id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("factuality", Text, nullable=False),
    Column("outlet", Text),
    Column("first_day", Text),
    Column("last_day", Text),
    Column("current", Boolean, nullable=False),
    Column("claim", Text),
    Column("line", Text, nullable=False),
    Column("telling", Text),
    Index("events_article", "article"),
    Index("events_claim", "claim"),
    Index("events_type", "type", "first_day"),
    Index("events_day", "first_day"),
    Index("events_factuality", "factuality", "first_day"),
    Index("events_outlet", "outlet", "first_day"),
)
"""`first_day` to `last_day`: when the act took place, else the day of publication; `claim`: the claim that it tells."""

event_parties = Table(
    "event_parties",
    metadata,
    Column("event", Integer, ForeignKey("events.key"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("country", Text),
    Column("sector", Text),
    Column("ref", Text),
    Index("event_parties_country", "country", "role", "event"),
    Index("event_parties_ref", "ref", "role", "event"),
    sqlite_with_rowid=False,
)
"""Who takes part in an event; `role` is actor or recipient."""

event_blocks = Table(
    "event_blocks",
    metadata,
    Column("block", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("event", Integer, ForeignKey("events.key"), primary_key=True),
    Column("article", Integer, ForeignKey("articles.key"), nullable=False),
    sqlite_with_rowid=False,
)
"""Where the tellings of one act meet, see `upkeep`; `day` is empty for a telling without any date."""

statements = Table(
    "statements",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("article", Integer, ForeignKey("articles.key"), nullable=False),
    Column("id", Text, nullable=False),
    Column("kind", Text),
    Column("outlet", Text),
    Column("day", Text),
    Column("current", Boolean, nullable=False),
    Column("line", Text, nullable=False),
    Index("statements_article", "article"),
    Index("statements_day", "day"),
    Index("statements_outlet", "outlet", "day"),
)
"""`day`: when the article was published."""

statement_parties = Table(
    "statement_parties",
    metadata,
    Column("statement", Integer, ForeignKey("statements.key"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("country", Text),
    Column("sector", Text),
    Column("ref", Text),
    Index("statement_parties_country", "country", "role", "statement"),
    Index("statement_parties_ref", "ref", "role", "statement"),
    sqlite_with_rowid=False,
)
"""Who speaks in a statement and whom it is about; `role` is speaker or about."""

claims = Table(
    "claims",
    metadata,
    Column("id", Text, primary_key=True),
    Column("type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("factuality", Text, nullable=False),
    Column("first_day", Text),
    Column("last_day", Text),
    Column("line", Text, nullable=False),
    Index("claims_type", "type", "first_day"),
    Index("claims_status", "status", "first_day"),
    Index("claims_day", "first_day"),
)

claim_parties = Table(
    "claim_parties",
    metadata,
    Column("claim", Text, ForeignKey("claims.id"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("country", Text),
    Column("sector", Text),
    Column("ref", Text),
    Index("claim_parties_country", "country", "role", "claim"),
    Index("claim_parties_ref", "ref", "role", "claim"),
    sqlite_with_rowid=False,
)

claim_disputes = Table(
    "claim_disputes",
    metadata,
    Column("claim", Text, ForeignKey("claims.id"), primary_key=True),
    Column("event", Integer, ForeignKey("events.key"), primary_key=True),
    Index("claim_disputes_event", "event"),
    sqlite_with_rowid=False,
)
"""Events that deny or contest a claim, of whatever claim they are."""

moved_claims = Table(
    "moved_claims",
    metadata,
    Column("id", Text, primary_key=True),
    Column("to", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Ids of claims that were joined to others; they are never used again."""

SEARCHED = ("event_words", "statement_words")
"""Full-text tables (FTS5, without a copy of the words); their row ids are keys of `events` and `statements`."""

REVISIONS = ("0001",)
"""Versions of the schema, oldest first; each has a migration of its name."""
