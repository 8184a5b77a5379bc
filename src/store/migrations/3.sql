-- Where an annotation was found in the texts its document had later. Rows are only ever added; the latest for an annotation and a revision counts.
CREATE TABLE anchorings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    annotation INTEGER NOT NULL REFERENCES annotations (id),
    revision INTEGER NOT NULL REFERENCES revisions (id),
    status TEXT NOT NULL CHECK (status IN ('unchanged', 'edited', 'moved', 'ambiguous', 'probable', 'lost')),
    places TEXT NOT NULL,           -- JSON: [start, end] pairs, the best first; of a lost one the empty place it stood near
    method TEXT,
    errors INTEGER NOT NULL,
    score REAL NOT NULL,
    margin REAL NOT NULL,
    decision TEXT CHECK (decision IN ('confirmed', 'rejected', 'picked', 'withdrawn')),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX anchorings_by_annotation ON anchorings (annotation, revision, id);
CREATE INDEX anchorings_decided ON anchorings (annotation, id) WHERE decision IS NOT NULL;
CREATE TRIGGER anchorings_are_never_changed BEFORE UPDATE ON anchorings BEGIN
    SELECT RAISE(ABORT, 'where an annotation was found is never rewritten');
END;
CREATE TRIGGER anchorings_are_never_shortened BEFORE DELETE ON anchorings BEGIN
    SELECT RAISE(ABORT, 'where an annotation was found is never forgotten');
END;

-- What one passage has to do with another.
CREATE TABLE links (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid BLOB NOT NULL UNIQUE DEFAULT (randomblob(16)),
    source INTEGER NOT NULL REFERENCES annotations (id),
    target INTEGER NOT NULL REFERENCES annotations (id),
    kind TEXT NOT NULL,
    note TEXT NOT NULL,
    created INTEGER NOT NULL,
    deleted INTEGER
) STRICT;
CREATE INDEX links_by_source ON links (source) WHERE deleted IS NULL;
CREATE INDEX links_by_target ON links (target) WHERE deleted IS NULL;
