use periodic_core::time::Timestamp;

use crate::Process;

/// A service that has a record, alive or not.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Member {
    /// The host on which it runs.
    pub host: String,
    /// The program, such as `nova-compute`.
    pub binary: String,
    /// The topic of its work, such as `compute`.
    pub topic: String,
    /// The process that joined last, until it leaves. Also `None` if the engine does not know it.
    pub process: Option<Process>,
    /// The time when the record was created.
    pub created_at: Timestamp,
    /// The time when it last joined or beat.
    pub last_seen: Option<Timestamp>,
    /// The number of its heartbeats since its record was created.
    pub report_count: u64,
    /// Whether an operator has forced it down.
    pub forced_down: bool,
    /// Its sign of life.
    pub presence: Presence,
}

/// An engine's knowledge of whether a member is alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Presence {
    /// It sends heartbeats, and the group decides which age is too old.
    Heartbeat {
        /// Nanoseconds from the last heartbeat (or else the creation of the record) to now, by the engine's clock.
        /// Negative if the heartbeat is in the future.
        age: i64,
    },
    /// The engine reports that it is alive.
    Present,
    /// It has left, or the engine reports that it is gone.
    Absent,
}

impl Member {
    /// Creates a member that has never been seen, for an engine: it sets the other fields that it knows.
    ///
    /// # Examples
    /// ```
    /// use periodic_cluster::{Member, Presence};
    ///
    /// let mut member = Member::new("node-1", "nova-compute", "compute", Presence::Heartbeat { age: 0 });
    /// member.report_count = 1;
    /// assert_eq!((member.host.as_str(), member.last_seen), ("node-1", None));
    /// ```
    pub fn new(
        host: impl Into<String>,
        binary: impl Into<String>,
        topic: impl Into<String>,
        presence: Presence,
    ) -> Self {
        Self {
            host: host.into(),
            binary: binary.into(),
            topic: topic.into(),
            process: None,
            created_at: Timestamp::default(),
            last_seen: None,
            report_count: 0,
            forced_down: false,
            presence,
        }
    }

    /// Returns the key by which members are sorted and found.
    pub(crate) fn key(&self) -> (&str, &str) {
        (&self.binary, &self.host)
    }
}

#[cfg(test)]
impl Member {
    /// Creates a compute service that has never beaten.
    pub(crate) fn compute(host: &str, presence: Presence) -> Self {
        Self::new(host, "nova-compute", "compute", presence)
    }
}
