/// The statements, with the schema's name in them. Each is one transaction. `$1` is the service, `$2` the host.
pub(super) struct Statements {
    pub(super) schema: String,
    pub(super) record: String,
    pub(super) join: String,
    pub(super) beat: String,
    pub(super) leave: String,
    pub(super) force_down: String,
    pub(super) members: String,
}

impl Statements {
    pub(super) fn new(schema: &str) -> Self {
        Self {
            schema: schema.to_owned(),
            // Nothing has deleted the row that is returned, so `xmax` is 0 unless it was locked for the update.
            record: format!(
                "INSERT INTO {schema}.services (service, host, topic) VALUES ($1, $2, $3)
                 ON CONFLICT (service, host) DO UPDATE SET topic = excluded.topic
                 RETURNING xmax = 0"
            ),
            join: format!(
                "UPDATE {schema}.services SET process = $3, left_by = NULL, last_seen = clock_timestamp()
                 WHERE service = $1 AND host = $2 RETURNING TRUE"
            ),
            beat: format!(
                "WITH beaten AS (
                     UPDATE {schema}.services SET report_count = report_count + 1, process = coalesce(process, $3),
                         left_by = NULL, last_seen = clock_timestamp()
                     WHERE service = $1 AND host = $2 AND left_by IS DISTINCT FROM $3 RETURNING TRUE)
                 SELECT EXISTS (SELECT FROM beaten),
                        EXISTS (SELECT FROM {schema}.services WHERE service = $1 AND host = $2)"
            ),
            // A process that another has followed leaves nothing behind: the record is the other's.
            leave: format!(
                "UPDATE {schema}.services SET process = NULL, left_by = $3
                 WHERE service = $1 AND host = $2 AND left_by IS NULL AND coalesce(process, $3) = $3"
            ),
            force_down: format!(
                "UPDATE {schema}.services SET forced_down = $3 WHERE service = $1 AND host = $2 RETURNING TRUE"
            ),
            // Names sort by their bytes, as they do everywhere else, and not as a language has it.
            members: format!(
                "SELECT host, service, topic, process, report_count, forced_down, left_by IS NOT NULL AS has_left,
                        floor(extract(epoch FROM created_at) * 1000000)::bigint AS created_at,
                        floor(extract(epoch FROM last_seen) * 1000000)::bigint AS last_seen,
                        floor(extract(epoch FROM clock_timestamp() - coalesce(last_seen, created_at)) * 1000000)
                            ::bigint AS age
                 FROM {schema}.services ORDER BY service COLLATE \"C\", host COLLATE \"C\""
            ),
        }
    }
}
