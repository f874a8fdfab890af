-- Times are nanoseconds since the Unix epoch.
CREATE TABLE services (
    service TEXT NOT NULL,
    host TEXT NOT NULL,
    topic TEXT NOT NULL,
    process TEXT,                              -- that joined last
    left_by TEXT,                              -- that has left, until one shows itself again
    created_at INTEGER NOT NULL,
    last_seen INTEGER,
    report_count INTEGER NOT NULL DEFAULT 0,
    forced_down INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (service, host)
) STRICT, WITHOUT ROWID;
