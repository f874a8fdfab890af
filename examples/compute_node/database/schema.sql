-- Times are seconds since the Unix epoch, so that `unixepoch()` compares with them.
CREATE TABLE compute_nodes (
    host            TEXT PRIMARY KEY,
    hypervisor      TEXT,
    vcpus           INTEGER NOT NULL,
    load            REAL,
    memory_mib      INTEGER NOT NULL,
    memory_used_mib INTEGER NOT NULL,
    disk_gib        INTEGER NOT NULL,
    disk_free_gib   INTEGER NOT NULL,
    running_guests  INTEGER NOT NULL DEFAULT 0,
    updated_at      INTEGER NOT NULL
) STRICT;

CREATE TABLE instances (
    name        TEXT PRIMARY KEY,
    vm_state    TEXT NOT NULL,
    task_state  TEXT,
    power_state TEXT NOT NULL CHECK (power_state IN ('running', 'shutdown')),
    image       TEXT NOT NULL,
    cleaned     INTEGER NOT NULL DEFAULT 0,
    changed_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE migrations (
    id         INTEGER PRIMARY KEY,
    instance   TEXT NOT NULL,
    status     TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE console_auth_tokens (
    token      TEXT PRIMARY KEY,
    instance   TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE image_cache (
    image        TEXT PRIMARY KEY,
    last_used_at INTEGER NOT NULL
) STRICT;

CREATE TABLE info_cache (
    instance     TEXT PRIMARY KEY,
    addresses    TEXT NOT NULL,
    refreshed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE scheduler_instances (
    host        TEXT NOT NULL,
    instance    TEXT NOT NULL,
    reported_at INTEGER NOT NULL,
    PRIMARY KEY (host, instance)
) STRICT;

CREATE TABLE task_log (
    task         TEXT NOT NULL,
    period_start TEXT NOT NULL,
    period_end   TEXT NOT NULL,
    instances    INTEGER NOT NULL,
    PRIMARY KEY (task, period_start)
) STRICT;

CREATE TABLE volume_usage (
    instance      TEXT PRIMARY KEY,
    read_bytes    INTEGER NOT NULL,
    written_bytes INTEGER NOT NULL,
    polled_at     INTEGER NOT NULL
) STRICT;
