use std::pin::pin;
use std::time::Duration;

use super::TaskGroup;
use super::state::{Role, Shared};

/// The time that entries may take to end after they were cut. One that blocks its thread never notices.
const CUT_WAIT: Duration = Duration::from_secs(1);

/// Whether a group's entries may finish their current work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Graceful {
    /// Timers finish the active call, and one-off work ends by itself.
    Yes,
    /// All entries are cut where they wait.
    No,
}

impl TaskGroup {
    /// Stops the group for good, and waits until its entries have ended; returns the names of those that have not.
    ///
    /// From the start of the call the group takes no more entries. A graceful stop has no time limit; use
    /// [`cancel`](Self::cancel) for one. Without grace it waits one second at most; entries that remain are blocking
    /// work, or async work that blocks its thread. An entry that calls this is neither stopped nor named.
    ///
    /// # Cancel safety
    /// Dropping the future stops waiting, not the stop.
    pub async fn stop(&self, graceful: Graceful) -> Vec<String> {
        self.shared.close();
        match graceful {
            Graceful::Yes => {
                self.shared.stop_timers();
                self.wait().await;
                // The remaining entries wait for the group themselves, and end after they are woken.
                Vec::new()
            }
            Graceful::No => self.cut().await,
        }
    }

    /// Stops the group for good, with a grace of `timeout`; returns the same as [`stop`](Self::stop).
    ///
    /// One-off work that has not begun is dropped, timers finish the active call, and other work may end by itself.
    /// Entries that have not ended after `timeout` are cut.
    ///
    /// # Cancel safety
    /// Dropping the future stops waiting, not the stop; but no entry is cut then.
    pub async fn cancel(&self, timeout: Duration) -> Vec<String> {
        self.shared.close();
        self.shared.drop_unbegun();
        self.shared.stop_timers();
        match tokio::time::timeout(timeout, self.wait()).await {
            Ok(()) => Vec::new(),
            Err(_) => self.cut().await,
        }
    }

    /// Stops the timers that are in the group now: each immediately while it sleeps, otherwise after the active call.
    /// Does not wait, and leaves the group open.
    pub fn stop_timers(&self) {
        self.shared.stop_timers();
    }

    /// Waits until the group is empty; a timer stays in it until it ends.
    ///
    /// An entry that calls this waits for the others, except for those that wait, too.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing.
    pub async fn wait(&self) {
        let waiting = Waiting::new(&self.shared);
        loop {
            let mut changed = pin!(self.shared.changed.notified());
            // Enabled before the check, so that no change between the two is missed.
            changed.as_mut().enable();
            if self.shared.is_over(waiting.role) {
                return;
            }
            changed.await;
        }
    }

    async fn cut(&self) -> Vec<String> {
        let caller = self.shared.role();
        self.shared.cut(&caller);
        match tokio::time::timeout(CUT_WAIT, self.wait()).await {
            Ok(()) => Vec::new(),
            Err(_) => self.shared.names(caller),
        }
    }
}

/// Marks an entry as waiting, until it is dropped.
struct Waiting<'a> {
    shared: &'a Shared,
    role: Role,
}

impl<'a> Waiting<'a> {
    fn new(shared: &'a Shared) -> Self {
        let role = shared.role();
        shared.waits(role, true);
        Self { shared, role }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.shared.waits(self.role, false);
    }
}
