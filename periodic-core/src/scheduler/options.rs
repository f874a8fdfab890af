use core::num::NonZeroUsize;
use core::time::Duration;

use super::clocks::UNREAD;
use crate::time::nanos;

/// The settings of a scheduler, apart from its table.
#[derive(Clone, Debug)]
pub struct SchedulerOptions {
    pub(super) node: String,
    pub(super) limit: Option<NonZeroUsize>,
    /// In nanoseconds, the unit in which each poll calculates.
    pub(super) max_idle: i64,
    pub(super) wall_check: i64,
}

impl Default for SchedulerOptions {
    fn default() -> Self {
        Self {
            node: String::new(),
            limit: None,
            max_idle: nanos(Duration::from_secs(60)),
            wall_check: UNREAD,
        }
    }
}

impl SchedulerOptions {
    /// Sets the name of this node, by which jitter and `H` differ from those of other nodes; empty by default.
    #[must_use]
    pub fn node(mut self, name: impl Into<String>) -> Self {
        self.node = name.into();
        self
    }

    /// Sets the most runs that may be active at once; unbounded by default.
    #[must_use]
    pub fn limit(mut self, runs: NonZeroUsize) -> Self {
        self.limit = Some(runs);
        self
    }

    /// Sets the longest time to the next poll, 60 s by default, as in the original. Zero counts as 1 ms.
    #[must_use]
    pub fn max_idle(mut self, longest: Duration) -> Self {
        self.max_idle = nanos(longest.max(Duration::from_millis(1)));
        self
    }
}
