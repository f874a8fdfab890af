//! Timers and one-off work that are stopped and waited for together.

mod add;
mod entry;
mod error;
mod events;
mod place;
mod spawn;
mod state;
mod stop;

use std::fmt;
use std::num::NonZeroUsize;
use std::sync::Arc;

pub use entry::{Entry, EntryEnd, EntryKind};
pub use error::GroupError;
pub use stop::Graceful;

use state::{Role, Shared};

/// Timers and one-off work that are stopped and waited for together.
///
/// An entry leaves the group when it ends, for any reason. Its end is then logged, listed in [`ends`](Self::ends), and
/// returned by [`Entry::wait`].
///
/// All methods take `&self` and may be called by an entry, too. A callback that adds to its own group holds a `Weak` of
/// the group's `Arc`, because the group owns the callback. An entry that waits for its group waits only for the entries
/// that do not wait themselves.
///
/// Dropping the group stops it without grace: async entries are cut where they wait. Blocking work continues to its own
/// end, and a blocking timer ends after its active call.
///
/// # Examples
/// ```
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::time::Duration;
/// use periodic_runtime::task_group::{Graceful, TaskGroup};
/// use periodic_runtime::looping::FixedInterval;
///
/// let group = TaskGroup::new();
/// group.add_timer(Duration::from_secs(10), || async {})?;
/// group.add(FixedInterval::every(Duration::from_secs(1)).name("probe"), || async { Err::<(), _>("no route") })?;
/// group.spawn(async { tokio::time::sleep(Duration::from_secs(3)).await })?;
/// tokio::time::sleep(Duration::from_secs(1)).await;
///
/// // The timer that failed has left the group.
/// assert_eq!((group.timers(), group.tasks()), (1, 1));
/// assert_eq!(group.ends()[0].to_string(), "probe: the callback failed: no route");
///
/// group.stop(Graceful::Yes).await;
/// assert_eq!((group.timers(), group.tasks()), (0, 0));
/// # Ok(())
/// # }
/// ```
#[must_use = "dropping a group stops its entries"]
pub struct TaskGroup {
    shared: Arc<Shared>,
}

impl TaskGroup {
    /// Creates a group that takes any number of entries.
    pub fn new() -> Self {
        Self { shared: Arc::new(Shared::new(None)) }
    }

    /// Creates a group that takes at most `limit` entries at a time, timers and one-off work together.
    pub fn with_limit(limit: NonZeroUsize) -> Self {
        Self { shared: Arc::new(Shared::new(Some(limit))) }
    }

    /// Returns the number of timers in the group.
    pub fn timers(&self) -> usize {
        self.shared.count(EntryKind::Timer)
    }

    /// Returns the number of one-off tasks in the group.
    pub fn tasks(&self) -> usize {
        self.shared.count(EntryKind::Task)
    }

    /// Returns the ends of the last 64 entries that left, oldest first.
    pub fn ends(&self) -> Vec<EntryEnd> {
        self.shared.ends()
    }
}

impl Default for TaskGroup {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for TaskGroup {
    fn drop(&mut self) {
        self.shared.close();
        self.shared.cut(&Role::Outsider);
    }
}

impl fmt::Debug for TaskGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskGroup")
            .field("timers", &self.timers())
            .field("tasks", &self.tasks())
            .finish_non_exhaustive()
    }
}
