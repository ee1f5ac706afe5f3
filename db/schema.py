"""The schema, as migrations of sqlite-utils. The comments are part of it: ``.schema`` in SQLite shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

APPLICATION_ID = int.from_bytes(b"Rsmn", "big")
VERSION = 12
"""The number of migrations; ``user_version`` of a library that is up to date."""

_V1 = """
CREATE TABLE texts (              -- immutable: bodies of articles, and titles that were judged
    sha TEXT PRIMARY KEY,         -- SHA-256 of the UTF-8 bytes, hexadecimal
    body TEXT NOT NULL
) STRICT;

CREATE TRIGGER texts_are_immutable BEFORE UPDATE ON texts
BEGIN SELECT raise(ABORT, 'a text is never changed'); END;
CREATE TRIGGER texts_are_kept BEFORE DELETE ON texts
BEGIN SELECT raise(ABORT, 'a text is never deleted'); END;

CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    text_sha TEXT NOT NULL REFERENCES texts (sha),     -- the newest text
    stated_title TEXT NOT NULL DEFAULT '',             -- as the report states it
    stated_source TEXT NOT NULL DEFAULT '',
    stated_author TEXT NOT NULL DEFAULT '',
    stated_published TEXT NOT NULL DEFAULT '',         -- ISO 8601, as precise as stated
    edited_title TEXT,                                 -- as a person set it; wins over what is stated
    edited_source TEXT,
    edited_author TEXT,
    edited_published TEXT,
    url TEXT NOT NULL DEFAULT '',
    external_id TEXT NOT NULL DEFAULT '',              -- the name it was added under
    words INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    is_read INTEGER NOT NULL DEFAULT 0 CHECK (is_read IN (0, 1)),
    starred INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1)),
    deleted_at TEXT,                                   -- deleted articles stay, out of sight
    place INTEGER NOT NULL DEFAULT 0,                  -- code point of the body where reading stopped
    title TEXT NOT NULL GENERATED ALWAYS AS (coalesce(edited_title, stated_title)) VIRTUAL,
    source TEXT NOT NULL GENERATED ALWAYS AS (coalesce(edited_source, stated_source)) VIRTUAL,
    author TEXT NOT NULL GENERATED ALWAYS AS (coalesce(edited_author, stated_author)) VIRTUAL,
    published TEXT NOT NULL GENERATED ALWAYS AS (coalesce(edited_published, stated_published)) VIRTUAL,
    published_utc TEXT NOT NULL GENERATED ALWAYS AS (  -- for sorting: times with an offset in UTC
        CASE WHEN coalesce(edited_published, stated_published) LIKE '____-__-__T%'
             THEN coalesce(strftime('%Y-%m-%dT%H:%M:%S', coalesce(edited_published, stated_published)),
                           coalesce(edited_published, stated_published))
             ELSE coalesce(edited_published, stated_published) END) VIRTUAL
) STRICT;

CREATE INDEX articles_by_published ON articles (deleted_at, published_utc);
CREATE INDEX articles_by_title ON articles (deleted_at, title COLLATE NOCASE);
CREATE INDEX articles_by_source ON articles (deleted_at, source COLLATE NOCASE);
CREATE INDEX articles_by_words ON articles (deleted_at, words);
CREATE INDEX articles_by_read ON articles (deleted_at, is_read, published_utc);
CREATE INDEX articles_by_star ON articles (deleted_at, published_utc) WHERE starred;
CREATE INDEX articles_by_deletion ON articles (deleted_at);
CREATE INDEX articles_by_url ON articles (url) WHERE url <> '';
CREATE INDEX articles_by_external_id ON articles (external_id) WHERE external_id <> '';
CREATE INDEX articles_by_identity ON articles (stated_source, stated_title);

CREATE TABLE revisions (          -- every text an article has had, the newest last
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    text_sha TEXT NOT NULL REFERENCES texts (sha),
    added_at TEXT NOT NULL,
    raw BLOB NOT NULL,            -- what it was read from, as zlib; empty if there is none
    UNIQUE (article_id, text_sha)
) STRICT;
CREATE INDEX revisions_by_text ON revisions (text_sha);

CREATE VIEW article_texts AS      -- what is searched
    SELECT a.id, a.title, t.body FROM articles AS a JOIN texts AS t ON t.sha = a.text_sha;
CREATE VIRTUAL TABLE articles_fts USING fts5 (
    title, body, content = 'article_texts', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN
    INSERT INTO articles_fts (rowid, title, body)
        VALUES (new.id, new.title, (SELECT body FROM texts WHERE sha = new.text_sha));
END;
CREATE TRIGGER articles_fts_update AFTER UPDATE OF text_sha, stated_title, edited_title ON articles BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, title, body)
        VALUES ('delete', old.id, old.title, (SELECT body FROM texts WHERE sha = old.text_sha));
    INSERT INTO articles_fts (rowid, title, body)
        VALUES (new.id, new.title, (SELECT body FROM texts WHERE sha = new.text_sha));
END;
CREATE TRIGGER articles_are_kept BEFORE DELETE ON articles
BEGIN SELECT raise(ABORT, 'an article is deleted by setting deleted_at'); END;

CREATE TABLE facts (              -- what was understood of a text; disposable
    text_sha TEXT NOT NULL REFERENCES texts (sha),
    input_sha TEXT NOT NULL,      -- SHA-256 of the JSON array [title, published]
    version TEXT NOT NULL,        -- of the analysis
    made_at TEXT NOT NULL,
    data BLOB NOT NULL,           -- reader.nouns.Facts as MessagePack, zlib
    PRIMARY KEY (text_sha, input_sha, version)
) STRICT;

CREATE TABLE comparisons (        -- alignment and conflicts of two texts; disposable
    id INTEGER PRIMARY KEY,
    a_id INTEGER NOT NULL REFERENCES articles (id),
    b_id INTEGER NOT NULL REFERENCES articles (id),
    input_sha TEXT NOT NULL,      -- SHA-256 over both texts, titles, dates and the anchors
    version TEXT NOT NULL,
    made_at TEXT NOT NULL,
    related REAL NOT NULL,        -- 0 to 1: how surely both report one event
    data BLOB NOT NULL,           -- reader.nouns.Comparison as MessagePack, zlib
    UNIQUE (a_id, b_id)
) STRICT;
CREATE INDEX comparisons_by_b ON comparisons (b_id);

CREATE TABLE conflicts (          -- the machine's claims, as rows; disposable with their comparison
    comparison_id INTEGER NOT NULL REFERENCES comparisons (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,      -- from 0, best first
    a_id INTEGER NOT NULL REFERENCES articles (id),
    b_id INTEGER NOT NULL REFERENCES articles (id),
    kind TEXT NOT NULL,
    confidence REAL NOT NULL,     -- 0 to 1
    severity INTEGER NOT NULL,    -- 1 slight, 2 notable, 3 grave
    reason TEXT NOT NULL,
    benign TEXT NOT NULL,         -- likely innocent cause, '' if none is seen
    a_part TEXT NOT NULL, a_start INTEGER NOT NULL, a_end INTEGER NOT NULL, a_quote TEXT NOT NULL,
    b_part TEXT NOT NULL, b_start INTEGER NOT NULL, b_end INTEGER NOT NULL, b_quote TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    PRIMARY KEY (comparison_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX conflicts_by_a ON conflicts (a_id);
CREATE INDEX conflicts_by_b ON conflicts (b_id);

CREATE TABLE verdicts (           -- what a person judged; the article with the smaller id is a
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    a_id INTEGER NOT NULL REFERENCES articles (id),
    b_id INTEGER NOT NULL REFERENCES articles (id),
    judgement TEXT NOT NULL CHECK (judgement IN ('contradiction', 'tension', 'compatible', 'unsure')),
    kind TEXT NOT NULL,
    severity INTEGER NOT NULL CHECK (severity BETWEEN 1 AND 3),
    outcome TEXT NOT NULL,        -- later update, other scope, attribution, rounding ...
    note TEXT NOT NULL,
    flagged INTEGER NOT NULL CHECK (flagged IN (0, 1)),
    reviewer TEXT NOT NULL,
    fingerprint TEXT NOT NULL,    -- of the conflict judged; '' for a pair made by hand
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CHECK (a_id <= b_id)
) STRICT;
CREATE INDEX verdicts_by_pair ON verdicts (a_id, b_id);
CREATE INDEX verdicts_by_b ON verdicts (b_id);
CREATE INDEX verdicts_by_time ON verdicts (updated_at);
CREATE UNIQUE INDEX verdicts_once ON verdicts (a_id, b_id, fingerprint, reviewer) WHERE fingerprint <> '';

CREATE TABLE verdict_places (     -- what a verdict hangs on: W3C Web Annotation selectors
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    verdict_id INTEGER NOT NULL REFERENCES verdicts (id),
    side TEXT NOT NULL CHECK (side IN ('a', 'b')),
    article_id INTEGER NOT NULL REFERENCES articles (id),
    part TEXT NOT NULL CHECK (part IN ('title', 'body')),
    exact TEXT NOT NULL,          -- TextQuoteSelector: the words, and 32 code points on either side
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    start_char INTEGER NOT NULL,  -- TextPositionSelector on the string with this SHA-256
    end_char INTEGER NOT NULL,
    text_sha TEXT NOT NULL REFERENCES texts (sha),
    hold TEXT NOT NULL DEFAULT 'exact', -- exact; followed: to now_* on the newest text; orphan: not found there
    now_start INTEGER,
    now_end INTEGER,
    UNIQUE (verdict_id, side)
) STRICT;
CREATE INDEX verdict_places_by_article ON verdict_places (article_id);

CREATE TABLE tags (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL COLLATE NOCASE UNIQUE
) STRICT;

CREATE TABLE taggings (           -- a tag on an article or on a verdict
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tag_id INTEGER NOT NULL REFERENCES tags (id),
    article_id INTEGER REFERENCES articles (id),
    verdict_id INTEGER REFERENCES verdicts (id),
    CHECK ((article_id IS NULL) <> (verdict_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX taggings_of_articles ON taggings (article_id, tag_id) WHERE article_id IS NOT NULL;
CREATE UNIQUE INDEX taggings_of_verdicts ON taggings (verdict_id, tag_id) WHERE verdict_id IS NOT NULL;
CREATE INDEX taggings_by_tag ON taggings (tag_id);

CREATE TABLE dismissals (         -- pairs that a person does not want to be offered again
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    a_id INTEGER NOT NULL REFERENCES articles (id),
    b_id INTEGER NOT NULL REFERENCES articles (id),
    UNIQUE (a_id, b_id), CHECK (a_id < b_id)
) STRICT;
CREATE INDEX dismissals_by_b ON dismissals (b_id);

CREATE TABLE anchors (            -- sentences that a person linked or parted by hand
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    a_id INTEGER NOT NULL REFERENCES articles (id),
    b_id INTEGER NOT NULL REFERENCES articles (id),
    a_sha TEXT NOT NULL, a_start INTEGER NOT NULL, a_end INTEGER NOT NULL,
    b_sha TEXT NOT NULL, b_start INTEGER NOT NULL, b_end INTEGER NOT NULL,
    severed INTEGER NOT NULL CHECK (severed IN (0, 1)),
    UNIQUE (a_id, b_id, a_sha, b_sha, a_start, b_start), CHECK (a_id <= b_id)
) STRICT;

CREATE TABLE sessions (           -- work on one pair, resumed where it was left
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    a_id INTEGER NOT NULL REFERENCES articles (id),
    b_id INTEGER NOT NULL REFERENCES articles (id),
    place_article INTEGER REFERENCES articles (id),
    place_char INTEGER,
    decided INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,
    seconds REAL NOT NULL DEFAULT 0,
    started_at TEXT NOT NULL,
    left_at TEXT NOT NULL,
    UNIQUE (a_id, b_id), CHECK (a_id <= b_id)
) STRICT;
CREATE INDEX sessions_by_time ON sessions (left_at);

CREATE TABLE history (            -- every change, append-only; undoing adds the inverse
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo', 'note')), -- a note cannot be undone
    name TEXT NOT NULL,           -- "rejected 275 against 250"
    pair TEXT NOT NULL,           -- JSON array of the ids of the articles it is about
    changes TEXT NOT NULL,        -- JSON array of [table, id, before or null, after or null]
    event_id INTEGER REFERENCES history (id), -- what an undo or redo takes back or brings back
    undo_id INTEGER REFERENCES history (id),  -- what undo would take back after this event
    redo_id INTEGER REFERENCES history (id),  -- the undo that redo would take back after this event
    digest TEXT NOT NULL          -- SHA-256 over the digest before it and this row: a chain
) STRICT;
CREATE TRIGGER history_is_append_only BEFORE UPDATE ON history
BEGIN SELECT raise(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_is_kept BEFORE DELETE ON history
BEGIN SELECT raise(ABORT, 'history is append-only'); END;

CREATE VIEW judged AS             -- every verdict with its two quotes and reports
    SELECT v.id, v.judgement, v.kind, v.severity,
           pa.exact AS quote_a, pb.exact AS quote_b,
           a.title AS title_a, b.title AS title_b, a.source AS source_a, b.source AS source_b,
           a.published AS published_a, b.published AS published_b,
           v.outcome, v.note,
           coalesce((SELECT group_concat(name, ', ') FROM (
               SELECT t.name FROM taggings AS g JOIN tags AS t ON t.id = g.tag_id
               WHERE g.verdict_id = v.id ORDER BY t.name)), '') AS tags,
           v.flagged,
           CASE WHEN 'orphan' IN (pa.hold, pb.hold) THEN 'orphan'
                WHEN 'followed' IN (pa.hold, pb.hold) THEN 'followed' ELSE 'exact' END AS hold,
           v.a_id AS article_a, v.b_id AS article_b, a.url AS url_a, b.url AS url_b,
           v.reviewer, v.created_at, v.updated_at
    FROM verdicts AS v
    JOIN articles AS a ON a.id = v.a_id JOIN articles AS b ON b.id = v.b_id
    JOIN verdict_places AS pa ON pa.verdict_id = v.id AND pa.side = 'a'
    JOIN verdict_places AS pb ON pb.verdict_id = v.id AND pb.side = 'b';

CREATE VIEW contradictions AS     -- the confirmed ones
    SELECT id, kind, severity, quote_a, quote_b, title_a, title_b, source_a, source_b, published_a, published_b,
           outcome, note, tags, flagged, hold, article_a, article_b, url_a, url_b, reviewer, created_at, updated_at
    FROM judged WHERE judgement = 'contradiction';
"""

_V2 = """
CREATE TABLE corrections (        -- what a person says that words of an article mean, in place of the machine's reading
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    noun TEXT NOT NULL CHECK (noun IN ('quantity', 'time', 'name')),
    fact TEXT,                    -- reader.nouns.Quantity, TimeSpan or Mention as JSON; null: the words are no such fact
    reviewer TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('title', 'body')),
    exact TEXT NOT NULL,          -- the words, held as those of verdict_places are
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    text_sha TEXT NOT NULL REFERENCES texts (sha),
    hold TEXT NOT NULL DEFAULT 'exact',
    now_start INTEGER,
    now_end INTEGER,
    UNIQUE (article_id, noun, part, text_sha, start_char, end_char)
) STRICT;
"""

_V3 = """
CREATE TABLE visits (             -- where a reviewer left a pair, and how far they are
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    a_id INTEGER NOT NULL REFERENCES articles (id),
    b_id INTEGER NOT NULL REFERENCES articles (id),
    reviewer TEXT NOT NULL,
    place_article INTEGER REFERENCES articles (id),
    place_char INTEGER,
    decided INTEGER NOT NULL DEFAULT 0,
    total INTEGER,                -- null until the pair was compared
    seconds REAL NOT NULL DEFAULT 0,
    started_at TEXT NOT NULL,
    left_at TEXT,                 -- null for a pair that was only counted
    UNIQUE (a_id, b_id, reviewer), CHECK (a_id <= b_id)
) STRICT;
CREATE INDEX visits_by_time ON visits (left_at);
INSERT INTO visits
    SELECT id, a_id, b_id, '', place_article, place_char, decided, total, seconds, started_at, left_at FROM sessions;
DROP TABLE sessions;

CREATE TABLE sessions (           -- a queue of pairs that one reviewer works through
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    made_from TEXT NOT NULL,      -- in words: 'partners of "Convoy leaves"'
    reviewer TEXT NOT NULL,
    review_of INTEGER REFERENCES sessions (id), -- the session judged a second time, its judgements hidden until finished
    position INTEGER NOT NULL DEFAULT 0,        -- the pair at which it was left
    started_at TEXT NOT NULL,
    left_at TEXT NOT NULL,
    finished_at TEXT,
    deleted_at TEXT               -- deleted sessions stay, out of sight
) STRICT;
CREATE INDEX sessions_by_time ON sessions (deleted_at, left_at);
CREATE INDEX sessions_by_review ON sessions (review_of);

CREATE TABLE session_pairs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session_id INTEGER NOT NULL REFERENCES sessions (id),
    position INTEGER NOT NULL,    -- from 0
    a_id INTEGER NOT NULL REFERENCES articles (id), -- on side A, whichever id is smaller
    b_id INTEGER NOT NULL REFERENCES articles (id),
    low_id INTEGER NOT NULL GENERATED ALWAYS AS (min(a_id, b_id)) VIRTUAL,
    high_id INTEGER NOT NULL GENERATED ALWAYS AS (max(a_id, b_id)) VIRTUAL,
    seconds REAL NOT NULL DEFAULT 0, -- of work in this session
    UNIQUE (session_id, position)
) STRICT;
CREATE UNIQUE INDEX session_pairs_once ON session_pairs (session_id, low_id, high_id);
CREATE INDEX session_pairs_by_pair ON session_pairs (low_id, high_id);
CREATE INDEX session_pairs_by_b ON session_pairs (b_id);

CREATE TABLE settlements (        -- a verdict that settles others, which differ; these stay as they are
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    verdict_id INTEGER NOT NULL REFERENCES verdicts (id), -- what holds
    settled_id INTEGER NOT NULL UNIQUE REFERENCES verdicts (id) -- one that it is in place of
) STRICT;
CREATE INDEX settlements_by_verdict ON settlements (verdict_id);

DROP VIEW contradictions;
DROP VIEW judged;
CREATE VIEW judged AS             -- every verdict with its two quotes and reports
    SELECT v.id, v.judgement, v.kind, v.severity,
           pa.exact AS quote_a, pb.exact AS quote_b,
           a.title AS title_a, b.title AS title_b, a.source AS source_a, b.source AS source_b,
           a.published AS published_a, b.published AS published_b,
           v.outcome, v.note,
           coalesce((SELECT group_concat(name, ', ') FROM (
               SELECT t.name FROM taggings AS g JOIN tags AS t ON t.id = g.tag_id
               WHERE g.verdict_id = v.id ORDER BY t.name)), '') AS tags,
           v.flagged,
           CASE WHEN 'orphan' IN (pa.hold, pb.hold) THEN 'orphan'
                WHEN 'followed' IN (pa.hold, pb.hold) THEN 'followed' ELSE 'exact' END AS hold,
           v.a_id AS article_a, v.b_id AS article_b, a.url AS url_a, b.url AS url_b,
           v.reviewer, v.created_at, v.updated_at,
           (SELECT verdict_id FROM settlements WHERE settled_id = v.id) AS settled_by -- null: it holds
    FROM verdicts AS v
    JOIN articles AS a ON a.id = v.a_id JOIN articles AS b ON b.id = v.b_id
    JOIN verdict_places AS pa ON pa.verdict_id = v.id AND pa.side = 'a'
    JOIN verdict_places AS pb ON pb.verdict_id = v.id AND pb.side = 'b';

CREATE VIEW contradictions AS     -- the confirmed ones; where reviewers differed, as it was settled
    SELECT id, kind, severity, quote_a, quote_b, title_a, title_b, source_a, source_b, published_a, published_b,
           outcome, note, tags, flagged, hold, article_a, article_b, url_a, url_b, reviewer, created_at, updated_at
    FROM judged WHERE judgement = 'contradiction' AND settled_by IS NULL;
"""


_V4 = """
CREATE TABLE views (              -- searches that a person saved under a digit
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    digit INTEGER NOT NULL UNIQUE CHECK (digit BETWEEN 1 AND 9),
    name TEXT NOT NULL,
    line TEXT NOT NULL,           -- as typed, so that "last month" stays the last one
    sort TEXT NOT NULL,           -- '' for the usual order
    descending INTEGER NOT NULL CHECK (descending IN (0, 1))
) STRICT;

CREATE TABLE preferences (        -- how a person likes things to look
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

_V5 = """
CREATE TABLE rarities (           -- how rare words are, counted in a sample of the articles; disposable
    id INTEGER PRIMARY KEY CHECK (id = 1),
    newest_id INTEGER NOT NULL,   -- of the articles when it was counted
    data BLOB NOT NULL            -- reader.partners.Rarity, packed
) STRICT;
"""

_FURNITURE = """
ALTER TABLE revisions ADD COLUMN came_sha TEXT NOT NULL DEFAULT '';  -- of the body before furniture was left out; '' if none was
CREATE INDEX revisions_by_came ON revisions (came_sha) WHERE came_sha <> '';

CREATE TABLE furniture (          -- lines that an outlet sets around many of its reports, left out of their texts
    source TEXT NOT NULL COLLATE NOCASE,
    line TEXT NOT NULL,           -- with single blanks, case folded
    PRIMARY KEY (source, line)
) STRICT, WITHOUT ROWID;
"""

_COUNT_EVENT = """
    UPDATE events SET (reports, outlets, first_published, last_published) = (
        SELECT count(*), count(DISTINCT nullif(a.source, '') COLLATE NOCASE),
               coalesce(min(nullif(a.published_utc, '')), ''), coalesce(max(a.published_utc), '')
        FROM event_members AS m JOIN articles AS a ON a.id = m.id
        WHERE m.event_id = {event} AND a.deleted_at IS NULL)
    WHERE id = {event};
"""
_EVENTS = f"""
CREATE TABLE events (             -- what happened once, and reports tell of; one without reports is out of sight
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL DEFAULT '',                -- as a person named it; '': it is called by the title of a report
    reports INTEGER NOT NULL DEFAULT 0,           -- that are not deleted; this and the rest are kept by triggers
    outlets INTEGER NOT NULL DEFAULT 0,
    first_published TEXT NOT NULL DEFAULT '',     -- published_utc of the earliest report, '' where none is dated
    last_published TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX events_by_date ON events (last_published, id) WHERE reports > 0;
CREATE INDEX events_by_reports ON events (reports, id) WHERE reports > 0;
CREATE INDEX events_by_name ON events (name) WHERE name <> '';

CREATE TABLE event_members (      -- which event a report is of. The machine adds rows and changes none
    id INTEGER PRIMARY KEY REFERENCES articles (id), -- the report, which is of one event
    event_id INTEGER NOT NULL REFERENCES events (id),
    placed_by TEXT NOT NULL CHECK (placed_by IN ('machine', 'person'))
) STRICT;
CREATE INDEX event_members_by_event ON event_members (event_id);

CREATE TRIGGER events_gain AFTER INSERT ON event_members BEGIN {_COUNT_EVENT.format(event="new.event_id")} END;
CREATE TRIGGER events_lose AFTER DELETE ON event_members BEGIN {_COUNT_EVENT.format(event="old.event_id")} END;
CREATE TRIGGER events_exchange AFTER UPDATE OF event_id ON event_members BEGIN
    {_COUNT_EVENT.format(event="old.event_id")}
    {_COUNT_EVENT.format(event="new.event_id")}
END;
CREATE TRIGGER events_follow_articles
AFTER UPDATE OF deleted_at, stated_source, edited_source, stated_published, edited_published ON articles
WHEN EXISTS (SELECT 1 FROM event_members WHERE id = new.id) BEGIN
    {_COUNT_EVENT.format(event="(SELECT event_id FROM event_members WHERE id = new.id)")}
END;
"""

_SMALLER = """
DROP TABLE facts;
CREATE TABLE facts (              -- what was understood of an article; disposable
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    version TEXT NOT NULL,        -- of the analysis
    input BLOB NOT NULL,          -- of what: the first 16 bytes of SHA-256 over text, title and date
    data BLOB NOT NULL,           -- reader.nouns.Facts in shorthand (db/shorthand.py)
    UNIQUE (article_id, version, input)
) STRICT;

CREATE TABLE new_revisions (      -- every text an article has had, the newest last
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    text_sha TEXT NOT NULL REFERENCES texts (sha),
    added_at TEXT NOT NULL,
    raw BLOB NOT NULL,            -- what it was read from, as zlib with the text as dictionary; empty if there is none
    came_sha TEXT NOT NULL DEFAULT '', -- of the body before furniture was left out; '' if none was
    UNIQUE (text_sha, article_id) -- in this order it finds both, and one index does
) STRICT;
INSERT INTO new_revisions SELECT id, article_id, text_sha, added_at, raw, came_sha FROM revisions;
DROP TABLE revisions;
ALTER TABLE new_revisions RENAME TO revisions;
CREATE INDEX revisions_by_article ON revisions (article_id);
CREATE INDEX revisions_by_came ON revisions (came_sha) WHERE came_sha <> '';
"""

# hold may also be: waiting, for a person to say whether the words stand at now_* of the newest text; placed, there by them.
_ANSWERS = """
ALTER TABLE verdict_places ADD COLUMN answers TEXT NOT NULL DEFAULT '{}'; -- JSON: by the SHA-256 of a later string, [start, end] where a person says that the words stand in it, or null for nowhere

DROP VIEW contradictions;
DROP VIEW judged;
CREATE VIEW judged AS             -- every verdict with its two quotes and reports
    SELECT v.id, v.judgement, v.kind, v.severity,
           pa.exact AS quote_a, pb.exact AS quote_b,
           a.title AS title_a, b.title AS title_b, a.source AS source_a, b.source AS source_b,
           a.published AS published_a, b.published AS published_b,
           v.outcome, v.note,
           coalesce((SELECT group_concat(name, ', ') FROM (
               SELECT t.name FROM taggings AS g JOIN tags AS t ON t.id = g.tag_id
               WHERE g.verdict_id = v.id ORDER BY t.name)), '') AS tags,
           v.flagged,
           CASE WHEN 'orphan' IN (pa.hold, pb.hold) THEN 'orphan'
                WHEN 'waiting' IN (pa.hold, pb.hold) THEN 'waiting'
                WHEN 'placed' IN (pa.hold, pb.hold) THEN 'placed'
                WHEN 'followed' IN (pa.hold, pb.hold) THEN 'followed' ELSE 'exact' END AS hold,
           v.a_id AS article_a, v.b_id AS article_b, a.url AS url_a, b.url AS url_b,
           v.reviewer, v.created_at, v.updated_at,
           (SELECT verdict_id FROM settlements WHERE settled_id = v.id) AS settled_by -- null: it holds
    FROM verdicts AS v
    JOIN articles AS a ON a.id = v.a_id JOIN articles AS b ON b.id = v.b_id
    JOIN verdict_places AS pa ON pa.verdict_id = v.id AND pa.side = 'a'
    JOIN verdict_places AS pb ON pb.verdict_id = v.id AND pb.side = 'b';

CREATE VIEW contradictions AS     -- the confirmed ones; where reviewers differed, as it was settled
    SELECT id, kind, severity, quote_a, quote_b, title_a, title_b, source_a, source_b, published_a, published_b,
           outcome, note, tags, flagged, hold, article_a, article_b, url_a, url_b, reviewer, created_at, updated_at
    FROM judged WHERE judgement = 'contradiction' AND settled_by IS NULL;
"""


_FEEDS = """
CREATE TABLE feeds (              -- which a person follows
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,          -- as the person's list has it; '' for the feed's own
    added_at TEXT NOT NULL
) STRICT;

CREATE TABLE feed_states (        -- where a feed stands with its server; stays when it is left, for undoing that
    url TEXT PRIMARY KEY,
    title TEXT NOT NULL,          -- its own
    etag TEXT NOT NULL,           -- what the server gave for asking whether anything is new
    last_modified TEXT NOT NULL,
    checked_at TEXT NOT NULL,
    due_at TEXT NOT NULL,         -- when it may be asked again
    failures INTEGER NOT NULL,    -- in a row
    problem TEXT NOT NULL         -- why it failed last, '' if it did not
) STRICT, WITHOUT ROWID;

CREATE TABLE feed_entries (       -- entries that were taken, while the feed holds them: none is taken twice
    url TEXT NOT NULL,
    entry TEXT NOT NULL,          -- SHA-256 of what the feed calls it, hexadecimal
    seen_at TEXT NOT NULL,
    PRIMARY KEY (url, entry)
) STRICT, WITHOUT ROWID;
"""

_MERGED = """
CREATE TABLE merged_history (     -- the histories of libraries that were merged into this one, event by event as they were
    digest TEXT PRIMARY KEY,      -- as in history; of the libraries' chains all are here
    before TEXT NOT NULL,         -- the digest of the event before it, '' for the first
    id INTEGER NOT NULL,          -- this and what follows is of that library, ids of its rows included
    at TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    pair TEXT NOT NULL,
    changes TEXT NOT NULL,
    event_id INTEGER, undo_id INTEGER, redo_id INTEGER,
    here TEXT NOT NULL            -- pair, as the ids of articles of this library
) STRICT, WITHOUT ROWID;
CREATE TRIGGER merged_history_is_append_only BEFORE UPDATE ON merged_history
BEGIN SELECT raise(ABORT, 'history is append-only'); END;
CREATE TRIGGER merged_history_is_kept BEFORE DELETE ON merged_history
BEGIN SELECT raise(ABORT, 'history is append-only'); END;
"""

_OPEN = """
CREATE INDEX conflicts_by_confidence ON conflicts (confidence, comparison_id, number) WHERE confidence >= 0.5;
CREATE INDEX conflicts_by_severity ON conflicts (severity, confidence, comparison_id, number) WHERE confidence >= 0.5;
"""


def migrations() -> Migrations:
    """All migrations in order. Imports sqlite-utils, which a library that is up to date does not need."""
    from sqlite_utils.migrations import Migrations

    steps = Migrations("rashomon")

    @steps()
    def m001_first(db: Database) -> None:
        _run(db, _V1)

    @steps()
    def m002_corrections(db: Database) -> None:
        _run(db, _V2)

    @steps()
    def m003_sessions(db: Database) -> None:
        _run(db, _V3)

    @steps()
    def m004_views(db: Database) -> None:
        _run(db, _V4)

    @steps()
    def m005_rarities(db: Database) -> None:
        _run(db, _V5)

    @steps()
    def m006_furniture(db: Database) -> None:
        _run(db, _FURNITURE)

    @steps()
    def m007_events(db: Database) -> None:
        _run(db, _EVENTS)

    @steps()
    def m008_smaller(db: Database) -> None:
        _run(db, _SMALLER)

    @steps()
    def m009_answers(db: Database) -> None:
        _run(db, _ANSWERS)

    @steps()
    def m010_feeds(db: Database) -> None:
        _run(db, _FEEDS)

    @steps()
    def m011_merged(db: Database) -> None:
        _run(db, _MERGED)

    @steps()
    def m012_open_conflicts(db: Database) -> None:
        _run(db, _OPEN)

    return steps


def _run(db: Database, script: str) -> None:
    """Run statements one by one: ``executescript`` would commit the transaction that a migration runs in."""
    import sqlite3

    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.conn.execute(statement)
            statement = ""
