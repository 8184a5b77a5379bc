-- Times are microseconds since 1970, offsets UTF-8 bytes of the text of their revision.

-- A document as the store knows it, whatever it is called and wherever it lies.
CREATE TABLE works (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    locator TEXT NOT NULL,          -- where it was seen last
    title TEXT NOT NULL,            -- as it was seen last
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE places (
    locator TEXT PRIMARY KEY,
    work INTEGER NOT NULL REFERENCES works (id),
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX places_by_work ON places (work);

CREATE TABLE revisions (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),          -- SHA-256 of the canonical text
    raw_hash BLOB CHECK (raw_hash IS NULL OR length(raw_hash) = 32),
    importer TEXT,
    n_bytes INTEGER NOT NULL,
    first_read INTEGER NOT NULL
) STRICT;

CREATE TABLE work_revisions (
    work INTEGER NOT NULL REFERENCES works (id),
    revision INTEGER NOT NULL REFERENCES revisions (id),
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    PRIMARY KEY (work, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX works_by_revision ON work_revisions (revision);

-- The canonical text of every revision somebody wrote on.
CREATE TABLE snapshots (
    revision INTEGER PRIMARY KEY REFERENCES revisions (id),
    codec TEXT NOT NULL CHECK (codec IN ('zlib')),
    text BLOB NOT NULL
) STRICT;

CREATE TABLE annotations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid BLOB NOT NULL UNIQUE DEFAULT (randomblob(16)),            -- for exports; the same in every store
    work INTEGER NOT NULL REFERENCES works (id),
    revision INTEGER NOT NULL REFERENCES snapshots (revision),
    start_byte INTEGER NOT NULL,
    end_byte INTEGER NOT NULL CHECK (end_byte >= start_byte),
    exact TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    block INTEGER,                  -- number of the block, and the offset in it
    block_offset INTEGER,
    occurrence INTEGER,             -- this is copy k of n of the same words
    n_occurrences INTEGER,
    note TEXT NOT NULL,
    colour TEXT NOT NULL,
    creator TEXT,                   -- none: the owner of the store
    imported TEXT,                  -- what an import brought that has no column, as JSON
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    deleted INTEGER
) STRICT;
CREATE INDEX annotations_by_work ON annotations (work, start_byte) WHERE deleted IS NULL;

CREATE TABLE tags (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    description TEXT
) STRICT;

CREATE TABLE annotation_tags (
    annotation INTEGER NOT NULL REFERENCES annotations (id),
    position INTEGER NOT NULL,
    tag INTEGER NOT NULL REFERENCES tags (id),
    PRIMARY KEY (annotation, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX annotations_by_tag ON annotation_tags (tag);

CREATE TABLE bookmarks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    work INTEGER NOT NULL REFERENCES works (id),
    revision INTEGER NOT NULL REFERENCES snapshots (revision),
    start_byte INTEGER NOT NULL,
    end_byte INTEGER NOT NULL CHECK (end_byte >= start_byte),
    exact TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('local', 'global', 'named')),
    name TEXT NOT NULL,
    created INTEGER NOT NULL,
    deleted INTEGER
) STRICT;
CREATE INDEX bookmarks_by_work ON bookmarks (work) WHERE deleted IS NULL;
CREATE UNIQUE INDEX local_marks ON bookmarks (work, name) WHERE kind = 'local' AND deleted IS NULL;
CREATE UNIQUE INDEX global_marks ON bookmarks (name) WHERE kind = 'global' AND deleted IS NULL;

CREATE TABLE positions (
    work INTEGER PRIMARY KEY REFERENCES works (id),
    revision INTEGER NOT NULL REFERENCES revisions (id),
    start_byte INTEGER NOT NULL,
    end_byte INTEGER NOT NULL,
    exact TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    read REAL NOT NULL,             -- the furthest place reached, 0 to 1
    opened INTEGER NOT NULL
) STRICT;

CREATE TABLE overrides (
    work INTEGER NOT NULL REFERENCES works (id),
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (work, field)
) STRICT, WITHOUT ROWID;

-- Every change to what the reader wrote, as JSON before and after.
CREATE TABLE log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    record INTEGER NOT NULL,
    action TEXT NOT NULL,
    before TEXT,
    after TEXT
) STRICT;
CREATE INDEX log_by_record ON log (kind, record);
CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log BEGIN
    SELECT RAISE(ABORT, 'the log is append-only');
END;
CREATE TRIGGER log_is_never_shortened BEFORE DELETE ON log BEGIN
    SELECT RAISE(ABORT, 'the log is append-only');
END;

CREATE TABLE visits (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    rank REAL NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE history (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    line TEXT NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (kind, line)
) STRICT;

CREATE TABLE decisions (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE collections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    created INTEGER NOT NULL,
    opened INTEGER NOT NULL
) STRICT;

CREATE TABLE collection_roots (
    collection INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    root TEXT NOT NULL,
    PRIMARY KEY (collection, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
