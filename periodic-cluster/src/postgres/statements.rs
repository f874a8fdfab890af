/// The statements, with the name of the schema. Each is one transaction. `$1` is the service, `$2` the host.
pub(super) struct Statements {
    pub(super) schema: String,
    pub(super) record: String,
    pub(super) join: String,
    pub(super) beat: String,
    pub(super) leave: String,
    pub(super) duplicate: String,
    pub(super) force_down: String,
    pub(super) members: String,
}

impl Statements {
    pub(super) fn new(schema: &str) -> Self {
        Self {
            schema: schema.to_owned(),
            // The returned row was not deleted, so `xmax` is 0 unless it was locked for the update.
            record: format!(
                "INSERT INTO {schema}.services (service, host, topic) VALUES ($1, $2, $3)
                 ON CONFLICT (service, host) DO UPDATE SET topic = excluded.topic
                 RETURNING xmax = 0"
            ),
            join: format!(
                "UPDATE {schema}.services SET process = $3, beaten_by = $3, left_by = NULL, last_seen = clock_timestamp()
                 WHERE service = $1 AND host = $2 RETURNING TRUE"
            ),
            beat: format!(
                "WITH beaten AS (
                     UPDATE {schema}.services SET report_count = report_count + 1, process = coalesce(process, $3),
                         beaten_by = $3, left_by = NULL, last_seen = clock_timestamp()
                     WHERE service = $1 AND host = $2 AND left_by IS DISTINCT FROM $3 RETURNING TRUE)
                 SELECT EXISTS (SELECT FROM beaten),
                        EXISTS (SELECT FROM {schema}.services WHERE service = $1 AND host = $2)"
            ),
            // A process that another has followed changes nothing: the record is the other's.
            leave: format!(
                "UPDATE {schema}.services SET beaten_by = nullif(beaten_by, $3),
                     process = CASE WHEN {leaves} THEN NULL ELSE process END,
                     left_by = CASE WHEN {leaves} THEN $3 ELSE left_by END
                 WHERE service = $1 AND host = $2 AND ({leaves} OR beaten_by = $3)",
                leaves = "(left_by IS NULL AND coalesce(process, $3) = $3)"
            ),
            duplicate: format!(
                "SELECT {found} FROM {schema}.services WHERE service = $1 AND host = $2 AND beaten_by <> $3",
                found = begun("beaten_by")
            ),
            force_down: format!(
                "UPDATE {schema}.services SET forced_down = $3 WHERE service = $1 AND host = $2 RETURNING TRUE"
            ),
            // Names are sorted by their bytes, as everywhere else, not by a language. A time that is no number, such
            // as `infinity`, would be an error of the statement. It is read as NULL, and its row is skipped.
            members: format!(
                "SELECT {host}, {service}, {topic}, {process}, report_count, forced_down, left_by IS NOT NULL AS has_left,
                        {now}, {created_at}, {last_seen}, {age}, last_seen IS NULL AS is_new
                 FROM {schema}.services, (SELECT clock_timestamp() AS now) AS clock
                 ORDER BY services.service COLLATE \"C\", services.host COLLATE \"C\"",
                host = begun("host"),
                service = begun("service"),
                topic = begun("topic"),
                process = begun("process"),
                now = micros(&epoch("now"), "now"),
                created_at = micros(&epoch("created_at"), "created_at"),
                last_seen = micros(&epoch("last_seen"), "last_seen"),
                // The difference of numbers, because that of times is an error if one is infinite.
                age = micros(&format!("({} - {})", epoch("now"), epoch("coalesce(last_seen, created_at)")), "age"),
            ),
        }
    }
}

/// Returns the expression of a text's beginning, one letter longer than any name. Another program's text may have a
/// gigabyte; its row is skipped.
fn begun(column: &str) -> String {
    let most = periodic_text::name::LONGEST + 1;
    format!("left({column}, {most}) AS {column}")
}

/// Returns the expression of a time as seconds since the Unix epoch.
fn epoch(time: &str) -> String {
    format!("extract(epoch FROM {time})")
}

/// Returns the expression of seconds as microseconds; NULL beyond about thirty thousand years.
fn micros(seconds: &str, name: &str) -> String {
    format!("CASE WHEN abs({seconds}) < 1e12 THEN floor({seconds} * 1000000)::bigint END AS {name}")
}
