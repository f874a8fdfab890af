CREATE TABLE services (
    service TEXT NOT NULL,
    host TEXT NOT NULL,
    topic TEXT NOT NULL,
    process TEXT,                              -- that joined last
    left_by TEXT,                              -- that has left, until one shows itself again
    created_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    last_seen TIMESTAMPTZ,
    report_count BIGINT NOT NULL DEFAULT 0,
    forced_down BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (service, host)
);

-- A row is written with each heartbeat; room in its page keeps it out of the index.
ALTER TABLE services SET (fillfactor = 50);

-- Every watch listens to a channel with the schema's name.
CREATE OR REPLACE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify(TG_TABLE_SCHEMA, '');
    RETURN NULL;
END
$$;

CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON services
    FOR EACH STATEMENT EXECUTE FUNCTION tell();
