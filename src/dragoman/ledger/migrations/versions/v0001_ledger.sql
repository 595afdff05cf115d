CREATE TABLE claims (
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    factuality TEXT NOT NULL,
    first_day TEXT,
    last_day TEXT,
    line TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX claims_day ON claims (first_day);
CREATE INDEX claims_status ON claims (status, first_day);
CREATE INDEX claims_type ON claims (type, first_day);
CREATE TABLE families (
    "key" INTEGER NOT NULL,
    origin INTEGER NOT NULL,
    PRIMARY KEY ("key")
);
CREATE TABLE moved_claims (
    id TEXT NOT NULL,
    "to" TEXT NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID;
CREATE TABLE articles (
    "key" INTEGER NOT NULL,
    id TEXT NOT NULL,
    url TEXT,
    title TEXT,
    published TEXT,
    outlet TEXT,
    lang TEXT,
    text_sha256 TEXT NOT NULL,
    version INTEGER NOT NULL,
    current BOOLEAN NOT NULL,
    family INTEGER NOT NULL,
    medium TEXT,
    credit TEXT,
    signature BLOB,
    events INTEGER NOT NULL,
    statements INTEGER NOT NULL,
    story TEXT,
    record BLOB NOT NULL,
    added TEXT NOT NULL,
    PRIMARY KEY ("key"),
    FOREIGN KEY(family) REFERENCES families ("key")
);
CREATE INDEX articles_family ON articles (family);
CREATE INDEX articles_id ON articles (id);
CREATE INDEX articles_text ON articles (text_sha256);
CREATE INDEX articles_url ON articles (url);
CREATE TABLE claim_parties (
    claim TEXT NOT NULL,
    role TEXT NOT NULL,
    place INTEGER NOT NULL,
    country TEXT,
    sector TEXT,
    ref TEXT,
    PRIMARY KEY (claim, role, place),
    FOREIGN KEY(claim) REFERENCES claims (id)
)
 WITHOUT ROWID;
CREATE INDEX claim_parties_country ON claim_parties (country, role, claim);
CREATE INDEX claim_parties_ref ON claim_parties (ref, role, claim);
CREATE TABLE copy_bands (
    band INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (band, article),
    FOREIGN KEY(article) REFERENCES articles ("key")
)
 WITHOUT ROWID;
CREATE TABLE events (
    "key" INTEGER NOT NULL,
    article INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    factuality TEXT NOT NULL,
    outlet TEXT,
    first_day TEXT,
    last_day TEXT,
    current BOOLEAN NOT NULL,
    claim TEXT,
    line TEXT NOT NULL,
    telling TEXT,
    PRIMARY KEY ("key"),
    FOREIGN KEY(article) REFERENCES articles ("key")
);
CREATE INDEX events_article ON events (article);
CREATE INDEX events_claim ON events (claim);
CREATE INDEX events_day ON events (first_day);
CREATE INDEX events_factuality ON events (factuality, first_day);
CREATE INDEX events_outlet ON events (outlet, first_day);
CREATE INDEX events_type ON events (type, first_day);
CREATE TABLE statements (
    "key" INTEGER NOT NULL,
    article INTEGER NOT NULL,
    id TEXT NOT NULL,
    kind TEXT,
    outlet TEXT,
    day TEXT,
    current BOOLEAN NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY ("key"),
    FOREIGN KEY(article) REFERENCES articles ("key")
);
CREATE INDEX statements_article ON statements (article);
CREATE INDEX statements_day ON statements (day);
CREATE INDEX statements_outlet ON statements (outlet, day);
CREATE TABLE claim_disputes (
    claim TEXT NOT NULL,
    event INTEGER NOT NULL,
    PRIMARY KEY (claim, event),
    FOREIGN KEY(claim) REFERENCES claims (id),
    FOREIGN KEY(event) REFERENCES events ("key")
)
 WITHOUT ROWID;
CREATE INDEX claim_disputes_event ON claim_disputes (event);
CREATE TABLE event_blocks (
    block TEXT NOT NULL,
    day TEXT NOT NULL,
    event INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (block, day, event),
    FOREIGN KEY(event) REFERENCES events ("key"),
    FOREIGN KEY(article) REFERENCES articles ("key")
)
 WITHOUT ROWID;
CREATE TABLE event_parties (
    event INTEGER NOT NULL,
    role TEXT NOT NULL,
    place INTEGER NOT NULL,
    country TEXT,
    sector TEXT,
    ref TEXT,
    PRIMARY KEY (event, role, place),
    FOREIGN KEY(event) REFERENCES events ("key")
)
 WITHOUT ROWID;
CREATE INDEX event_parties_country ON event_parties (country, role, event);
CREATE INDEX event_parties_ref ON event_parties (ref, role, event);
CREATE TABLE statement_parties (
    statement INTEGER NOT NULL,
    role TEXT NOT NULL,
    place INTEGER NOT NULL,
    country TEXT,
    sector TEXT,
    ref TEXT,
    PRIMARY KEY (statement, role, place),
    FOREIGN KEY(statement) REFERENCES statements ("key")
)
 WITHOUT ROWID;
CREATE INDEX statement_parties_country ON statement_parties (country, role, statement);
CREATE INDEX statement_parties_ref ON statement_parties (ref, role, statement);
CREATE VIRTUAL TABLE event_words USING fts5(words, content='', tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE statement_words USING fts5(words, content='', tokenize="unicode61 remove_diacritics 2");
PRAGMA application_id = 1146241351;
