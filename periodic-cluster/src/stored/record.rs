use periodic_core::time::Timestamp;

use super::name::encoded;
use crate::url::decoded;
use crate::{MembershipError, MembershipErrorKind, Process};

/// A member's record without its name: a text of lines `key=value`.
///
/// An unknown key belongs to a newer version, and is ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StoredRecord {
    pub(crate) topic: String,
    pub(crate) forced_down: bool,
    /// `None` if the engine itself knows it.
    pub(crate) created_at: Option<Timestamp>,
    /// As in [`Member`](crate::Member); both are only for engines that write with each heartbeat.
    pub(crate) last_seen: Option<Timestamp>,
    pub(crate) report_count: u64,
    /// The process that joined or beat last, until it leaves.
    pub(crate) beaten_by: Option<Process>,
}

impl StoredRecord {
    pub(crate) fn text(&self) -> String {
        let topic = encoded(&self.topic);
        let mut text = format!("topic={topic}\nforced_down={}\n", self.forced_down);
        for (key, at) in [("created_at", self.created_at), ("last_seen", self.last_seen)] {
            text.extend(at.map(|at| format!("{key}={}\n", at.as_nanos())));
        }
        let reports = Some(self.report_count).filter(|reports| *reports > 0);
        text.extend(reports.map(|reports| format!("report_count={reports}\n")));
        text.extend(self.beaten_by.map(|process| format!("beaten_by={process}\n")));
        text
    }

    /// Reads the text that is stored at `place`.
    pub(crate) fn read(place: &str, text: &[u8]) -> Result<Self, MembershipError> {
        let text = String::from_utf8_lossy(text);
        let mut record = Self::default();
        for line in text.lines() {
            let read = line.split_once('=').and_then(|(key, value)| record.take(key, value));
            read.ok_or_else(|| {
                let text = format!(
                    "`{place}` is no record of a member: found the line `{}`",
                    periodic_text::quoted(line)
                );
                MembershipError::new(MembershipErrorKind::Store, text)
            })?;
        }
        Ok(record)
    }

    fn take(&mut self, key: &str, value: &str) -> Option<()> {
        match key {
            "topic" => self.topic = decoded(value).ok()?,
            "forced_down" => self.forced_down = value.parse().ok()?,
            "created_at" => self.created_at = Some(Timestamp::from_nanos(value.parse().ok()?)),
            "last_seen" => self.last_seen = Some(Timestamp::from_nanos(value.parse().ok()?)),
            "beaten_by" => self.beaten_by = Some(value.parse().ok()?),
            "report_count" => self.report_count = value.parse().ok()?,
            _ => {}
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back() {
        let plain = StoredRecord { topic: "compute".into(), ..StoredRecord::default() };
        assert_eq!(plain.text(), "topic=compute\nforced_down=false\n");
        let created_at = Some(Timestamp::from_nanos(-7));
        let last_seen = Some(Timestamp::from_nanos(7));
        let full = StoredRecord {
            topic: "a=b\n%".into(),
            forced_down: true,
            created_at,
            last_seen,
            report_count: 9,
            beaten_by: Some(Process { pid: 7, run: 8 }),
        };
        for record in [plain, full] {
            assert_eq!(StoredRecord::read("here", record.text().as_bytes()).unwrap(), record);
        }
    }

    #[test]
    fn what_newer_versions_write_is_passed_over_and_what_is_none_refused() {
        let newer = StoredRecord::read("here", b"topic=compute\nzone=north\n").unwrap();
        assert_eq!(newer.topic, "compute");
        let error = StoredRecord::read("/here", b"forced_down=maybe").unwrap_err();
        assert_eq!(error.to_string(), "`/here` is no record of a member: found the line `forced_down=maybe`");
        let foreign = StoredRecord::read("here", "\u{1b}[2J".as_bytes()).unwrap_err().to_string();
        assert_eq!(foreign, "`here` is no record of a member: found the line `\\u{1b}[2J`");
    }
}
