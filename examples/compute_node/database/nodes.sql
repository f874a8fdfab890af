-- Which process is the node; one that was killed has left no end.
CREATE TABLE nodes (
    host     TEXT PRIMARY KEY,
    process  INTEGER NOT NULL,
    begun_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
