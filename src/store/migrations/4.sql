-- Changes that were made as one: an import, many notes at once, what took others back. All were written in one transaction, so that they are a range of the log.
CREATE TABLE steps (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    what TEXT NOT NULL CHECK (what IN ('import', 'bulk', 'tags', 'undo')),
    label TEXT NOT NULL,            -- in words: which file, how many notes
    first INTEGER NOT NULL UNIQUE REFERENCES log (id),
    last INTEGER NOT NULL REFERENCES log (id) CHECK (last >= first),
    undoes INTEGER REFERENCES log (id),     -- the first of the changes that were taken back
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX steps_by_end ON steps (last);
CREATE INDEX steps_by_undone ON steps (undoes) WHERE undoes IS NOT NULL;

-- Where any tag is controlled, one that is not is a question and no tag yet.
ALTER TABLE tags ADD COLUMN controlled INTEGER NOT NULL DEFAULT 0 CHECK (controlled IN (0, 1));
