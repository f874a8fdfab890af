//! Members in this process: for tests, and for programs that are their own fleet.

mod membership;
mod rows;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use periodic_core::time::Clock;
use periodic_runtime::SystemClock;
use tokio::sync::broadcast;

use self::rows::Rows;
use crate::{MemberChange, MembershipError, MembershipUrl};

/// The most changes by which a watch may be behind.
const BEHIND: usize = 1_024;

/// Members in this process. Clones share them; dropping the last clone drops the members.
///
/// # Examples
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::sync::Arc;
/// use std::time::Duration;
/// use periodic_cluster::memory::MemoryMembership;
/// use periodic_cluster::{Membership, ServiceGroup, ServiceIdentity};
/// use periodic_core::time::ManualClock;
///
/// let clock = Arc::new(ManualClock::default());
/// let members = MemoryMembership::with_clock(Arc::clone(&clock));
/// let service = ServiceIdentity::new("node-1", "nova-compute");
/// members.record(&service).await?;
/// members.join(&service).await?;
///
/// let group = ServiceGroup::new(members, ServiceGroup::DOWN_TIME);
/// clock.advance(Duration::from_secs(60));
/// assert!(group.is_up_of("node-1", "nova-compute").await?);
/// clock.advance(Duration::from_secs(1));
/// assert!(!group.is_up_of("node-1", "nova-compute").await?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct MemoryMembership {
    rows: Arc<Mutex<Rows>>,
    clock: Arc<dyn Clock>,
    changes: broadcast::Sender<MemberChange>,
}

impl MemoryMembership {
    /// Creates an empty store; its time is this machine's, or tokio's under paused time.
    pub fn new() -> Self {
        Self::with_clock(SystemClock::new())
    }

    /// Creates an empty store; its time is `clock`'s.
    pub fn with_clock(clock: impl Clock) -> Self {
        Self { rows: Arc::default(), clock: Arc::new(clock), changes: broadcast::Sender::new(BEHIND) }
    }

    fn rows(&self) -> MutexGuard<'_, Rows> {
        // No code panics halfway through a change of a row.
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for MemoryMembership {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for MemoryMembership {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemoryMembership").finish_non_exhaustive()
    }
}

pub(crate) fn connect(url: &MembershipUrl) -> Result<MemoryMembership, MembershipError> {
    if !url.hosts.is_empty() || !url.path.is_empty() {
        return Err(url.refused("`memory:` takes no path: write it alone"));
    }
    url.takes_only(&[])?;
    Ok(MemoryMembership::new())
}
