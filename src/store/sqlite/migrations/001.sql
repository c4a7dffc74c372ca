-- What the list shows of an article and what queries ask of it. Narrow on purpose: the bodies live in `body`, or the
-- first page comes slowly from a cold disk. Times are whole seconds since 1970, UTC. Numbers of severity, state and
-- verdict are those of src/query/number.rs; `kinds` and `phases` are sets of bits numbered there.
CREATE TABLE article (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    identity      TEXT    NOT NULL UNIQUE,
    title         TEXT    NOT NULL,
    source        TEXT    NOT NULL,
    url           TEXT,
    published     INTEGER NOT NULL,
    date_guessed  INTEGER NOT NULL,
    seen          INTEGER NOT NULL,
    changed       INTEGER,               -- when the publisher last changed it
    severity      INTEGER NOT NULL,
    score         INTEGER NOT NULL,
    indicators    INTEGER NOT NULL,      -- how many of the first tier
    techniques    INTEGER NOT NULL,
    hunts         INTEGER NOT NULL,
    kinds         INTEGER NOT NULL,      -- the kinds of its first-tier indicators
    phases        INTEGER NOT NULL,      -- its kill-chain phases
    demo          INTEGER NOT NULL,
    state         INTEGER NOT NULL DEFAULT 0,
    verdict       INTEGER,
    starred       INTEGER NOT NULL DEFAULT 0,
    snoozed_until INTEGER,
    touched       INTEGER,               -- when an analyst last did something to it
    owner         TEXT    NOT NULL DEFAULT '',
    note          TEXT    NOT NULL DEFAULT '',
    tags          TEXT    NOT NULL,      -- the briefing's, one a line
    own_tags      TEXT    NOT NULL DEFAULT '', -- the analyst's, one a line
    feeds         TEXT    NOT NULL,      -- the feeds it came from, one a line
    provider      INTEGER NOT NULL,      -- the feed whose title and text it has
    length        INTEGER NOT NULL,      -- bytes of its text
    digest        INTEGER NOT NULL,      -- of its title and text
    briefed       INTEGER NOT NULL       -- a digest of its briefing
);

-- One index an order, each with what filters ask most, so that walking it touches the table for hits only.
CREATE INDEX by_severity ON article (severity, published, id, state, verdict, starred, demo, kinds, phases, score);
CREATE INDEX by_date     ON article (published, id, state, verdict, starred, demo, kinds, phases, severity, score);
CREATE INDEX by_score    ON article (score, published, id, state, verdict, starred, demo, kinds, phases, severity);
-- In the order in which a tally groups, so that counting 100,000 articles sorts nothing.
CREATE INDEX by_tally    ON article (severity, state, verdict, starred, demo, kinds, phases, published, id, score);
CREATE INDEX by_wake     ON article (snoozed_until) WHERE snoozed_until IS NOT NULL;

-- What few articles have is looked up by itself.
CREATE INDEX by_seen     ON article (seen);
CREATE INDEX by_touch    ON article (touched) WHERE touched IS NOT NULL;
CREATE INDEX by_owner    ON article (owner COLLATE NOCASE) WHERE owner <> '';
CREATE INDEX by_note     ON article (id) WHERE note <> '';
CREATE INDEX by_change   ON article (changed) WHERE changed IS NOT NULL;

-- The article and its briefing as JSON, packed.
CREATE TABLE body (
    article  INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
    document BLOB NOT NULL,
    briefing BLOB NOT NULL
);

-- The words of each article; the texts themselves are in `body`.
CREATE VIRTUAL TABLE search USING fts5 (
    title, text, source,
    content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2"
);
-- Merges less often than by default, and in small steps only: saving takes a fifth less time and no batch stalls, while
-- a search looks into a few more segments.
INSERT INTO search (search, rank) VALUES ('automerge', 16);
INSERT INTO search (search, rank) VALUES ('crisismerge', 64);

CREATE TABLE feed (
    id            INTEGER PRIMARY KEY,
    name          TEXT    NOT NULL UNIQUE COLLATE NOCASE,
    listed        INTEGER NOT NULL DEFAULT 0, -- 0: known from articles only
    url           TEXT    NOT NULL DEFAULT '',
    state         TEXT    NOT NULL DEFAULT 'waiting',
    http_status   INTEGER,
    error         TEXT    NOT NULL DEFAULT '',
    remark        TEXT    NOT NULL DEFAULT '',
    failing_since INTEGER,
    failures      INTEGER NOT NULL DEFAULT 0,
    asked         INTEGER,
    good          INTEGER,
    due           INTEGER,
    etag          TEXT,
    last_modified TEXT,
    lease         TEXT,                  -- who fetches it at present
    leased_until  INTEGER
);

-- Which feed brought which article, and a digest of what it gave.
CREATE TABLE filing (
    feed    INTEGER NOT NULL REFERENCES feed,
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    digest  INTEGER NOT NULL,
    PRIMARY KEY (feed, article)
) WITHOUT ROWID;
CREATE INDEX filing_article ON filing (article, feed, digest);

-- First-tier indicators (tier 0) and candidates (tier 1), both ways.
CREATE TABLE indicator (
    kind    INTEGER NOT NULL,
    value   TEXT    NOT NULL COLLATE NOCASE,
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    tier    INTEGER NOT NULL,
    PRIMARY KEY (kind, value, article)
) WITHOUT ROWID;
CREATE INDEX indicator_article ON indicator (article);

-- Techniques as numbers (T1059.001 is 1059001), both ways.
CREATE TABLE technique (
    technique INTEGER NOT NULL,
    article   INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    PRIMARY KEY (technique, article)
) WITHOUT ROWID;
CREATE INDEX technique_article ON technique (article, technique);

CREATE TABLE hunt (
    hunt    TEXT    NOT NULL COLLATE NOCASE,
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    PRIMARY KEY (hunt, article)
) WITHOUT ROWID;
CREATE INDEX hunt_article ON hunt (article);

CREATE TABLE tag (
    tag     TEXT    NOT NULL COLLATE NOCASE,
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    own     INTEGER NOT NULL,            -- 1: the analyst's
    PRIMARY KEY (tag, article, own)
) WITHOUT ROWID;
CREATE INDEX tag_article ON tag (article, own);

CREATE TABLE copied (
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    at      INTEGER NOT NULL,
    hunt    TEXT    NOT NULL,
    number  INTEGER NOT NULL,            -- the line of the journal
    PRIMARY KEY (article, number)
) WITHOUT ROWID;

-- Everything an analyst did; `was` and `became` are what it touched, as JSON.
CREATE TABLE journal (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at     INTEGER NOT NULL,
    change TEXT    NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE journal_article (
    number  INTEGER NOT NULL REFERENCES journal ON DELETE CASCADE,
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    was     TEXT    NOT NULL,
    became  TEXT    NOT NULL,
    PRIMARY KEY (number, article)
) WITHOUT ROWID;
CREATE INDEX journal_article_article ON journal_article (article);

-- What was dropped for its age, so that a feed that still has it does not bring it back as new.
CREATE TABLE dropped (
    identity TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
