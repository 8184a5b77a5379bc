-- What the reader decided about entities, in the order of the decisions; a later one in the same slot takes the place of the earlier.
CREATE TABLE entity_decisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    what TEXT NOT NULL,             -- link, distinct, name, type, hidden
    entity TEXT NOT NULL,           -- the id a document gave the entity
    other TEXT NOT NULL,            -- the other id of a pair, else empty
    decision TEXT NOT NULL,         -- as in the file of `postil entities --export`
    at INTEGER NOT NULL,
    UNIQUE (what, entity, other)
) STRICT;
