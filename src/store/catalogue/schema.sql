-- Collections are the first 64 bits of a hash of their roots; days are counted from 1970-01-01, 9223372036854775807 is no day.

CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    collection INTEGER NOT NULL,
    doc INTEGER NOT NULL,
    locator TEXT NOT NULL,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    day INTEGER NOT NULL,
    published TEXT,
    published_from TEXT,
    publisher TEXT,
    authors TEXT NOT NULL,          -- one a line
    kind TEXT NOT NULL,
    words INTEGER NOT NULL,
    n_warnings INTEGER NOT NULL,
    added INTEGER NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    revision BLOB NOT NULL,
    analysed INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX documents_by_place ON documents (collection, doc);
CREATE INDEX documents_by_day ON documents (collection, day, title_key, doc);
CREATE INDEX documents_by_title ON documents (collection, title_key, doc);
CREATE INDEX documents_by_name ON documents (collection, locator, doc);
CREATE INDEX documents_by_added ON documents (collection, added, doc);

CREATE TABLE entities (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL
) STRICT;

-- Hashes of what a name may share with others that are the same.
CREATE TABLE name_keys (
    key INTEGER NOT NULL,
    entity INTEGER NOT NULL,
    PRIMARY KEY (key, entity)
) STRICT, WITHOUT ROWID;

CREATE TABLE mentions (
    document INTEGER NOT NULL,
    entity INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    PRIMARY KEY (document, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_by_entity ON mentions (entity, document, mentions);

-- How entities are written in a document, and their titles.
CREATE TABLE said (
    document INTEGER NOT NULL,
    entity INTEGER NOT NULL,
    sort INTEGER NOT NULL,          -- 0 a name, 1 a name that is a short form, 2 a title
    text TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (document, entity, sort, text)
) STRICT, WITHOUT ROWID;
CREATE INDEX said_by_entity ON said (entity, sort, text, document, times);

-- Sums of the rows above and below, kept in step by the same transactions.
CREATE TABLE totals (
    collection INTEGER NOT NULL,
    entity INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    documents INTEGER NOT NULL,
    PRIMARY KEY (collection, entity)
) STRICT, WITHOUT ROWID;
CREATE TABLE short_forms (          -- names in capitals alone: in how many documents
    collection INTEGER NOT NULL,
    text TEXT NOT NULL,
    entity INTEGER NOT NULL,
    documents INTEGER NOT NULL,
    PRIMARY KEY (collection, text, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX short_forms_by_entity ON short_forms (collection, entity, text);
CREATE TABLE months (
    collection INTEGER NOT NULL,
    month INTEGER NOT NULL,         -- year * 12 + month - 1
    events INTEGER NOT NULL,
    PRIMARY KEY (collection, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE headings (
    document INTEGER NOT NULL,
    at INTEGER NOT NULL,            -- the byte it begins at
    level INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (document, at)
) STRICT, WITHOUT ROWID;

-- Apart from the documents, so that the list is read without them.
CREATE TABLE sketches (
    document INTEGER PRIMARY KEY,
    sketch BLOB NOT NULL
) STRICT;

CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    collection INTEGER NOT NULL,
    document INTEGER NOT NULL,
    day INTEGER NOT NULL,
    earliest INTEGER,
    latest INTEGER,
    grain INTEGER NOT NULL,
    bound INTEGER,                  -- 0 since, 1 until, 2 before, 3 after
    edtf TEXT,
    start_byte INTEGER NOT NULL,
    end_byte INTEGER NOT NULL,
    timex_start INTEGER NOT NULL,
    timex_end INTEGER NOT NULL,
    said TEXT NOT NULL,
    label TEXT NOT NULL,
    entities TEXT NOT NULL,         -- slugs, one a line
    words TEXT NOT NULL,            -- stems, one a line
    said_by TEXT,                   -- who says so
    stated_from INTEGER,            -- when it was said
    stated_to INTEGER,
    is_saying INTEGER NOT NULL
) STRICT;
CREATE INDEX events_by_day ON events (collection, day, id);
CREATE INDEX events_by_document ON events (document);

-- What all documents were analysed with: one row, a number that tells the reader's names from others; 0 for none.
CREATE TABLE analysed_with (
    names INTEGER NOT NULL
) STRICT;
INSERT INTO analysed_with VALUES (0);

-- Which names are one, as it was linked last: packed pages, what they depend on but for the documents, a number raised with every change, the number of ids.
CREATE TABLE links (
    collection INTEGER PRIMARY KEY,
    stamp INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    names INTEGER NOT NULL
) STRICT;
CREATE TABLE link_pages (
    collection INTEGER NOT NULL,
    page INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (collection, page)
) STRICT;
-- Of what was linked: whose documents came or went since.
CREATE TABLE unlinked (
    collection INTEGER NOT NULL,
    entity INTEGER NOT NULL,
    PRIMARY KEY (collection, entity)
) STRICT, WITHOUT ROWID;
