-- The process of the node; a killed one has no end.
CREATE TABLE nodes (
    host     TEXT PRIMARY KEY,
    process  INTEGER NOT NULL,
    begun_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
