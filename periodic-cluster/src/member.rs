use periodic_core::time::Timestamp;

use crate::Process;

/// A service that has a record, alive or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The host on which it runs.
    pub host: String,
    /// The program, such as `nova-compute`.
    pub service: String,
    /// What it does, such as `compute`.
    pub topic: String,
    /// The process that joined last, until it leaves. `None` also where an engine does not know it.
    pub process: Option<Process>,
    /// When the record was made.
    pub created_at: Timestamp,
    /// When it last joined or beat.
    pub last_seen: Option<Timestamp>,
    /// How many heartbeats it has sent since its record was made.
    pub report_count: u64,
    /// Whether an operator has said that it is down.
    pub forced_down: bool,
    /// What speaks for its being alive.
    pub sign: Sign,
}

/// What an engine knows of a member's being alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sign {
    /// It shows itself again and again, and it is for the group to say how long ago is too long.
    Heartbeat {
        /// Nanoseconds from the last heartbeat (or else the creation of the record) to now, by the engine's clock.
        /// Negative if the heartbeat lies in the future.
        age: i64,
    },
    /// The engine says that it is alive.
    Present,
    /// It has left, or the engine says that it is gone.
    Absent,
}

impl Member {
    /// What members are sorted by, and found by.
    pub(crate) fn key(&self) -> (&str, &str) {
        (&self.service, &self.host)
    }
}

#[cfg(test)]
impl Member {
    /// A compute service that has never beaten.
    pub(crate) fn compute(host: &str, sign: Sign) -> Self {
        Self {
            host: host.into(),
            service: "nova-compute".into(),
            topic: "compute".into(),
            process: None,
            created_at: Timestamp::default(),
            last_seen: None,
            report_count: 0,
            forced_down: false,
            sign,
        }
    }
}
