use std::pin::pin;
use std::time::Duration;

use super::TaskGroup;
use super::state::{Role, Shared};

/// How long members that were cut may take to notice. One that blocks its thread never does.
const CUT_WAIT: Duration = Duration::from_secs(1);

/// Whether a group's members may finish what they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Graceful {
    /// Timers finish the call that goes, and one-off work ends by itself.
    Yes,
    /// All are cut where they wait.
    No,
}

impl TaskGroup {
    /// Stops for good, and waits until the members have ended; answers with the names of those that have not.
    ///
    /// From its beginning the group takes no more members. A graceful stop waits as long as it takes: bound it
    /// with [`cancel`](Self::cancel). Without grace it waits one second at most, and what is left then is blocking
    /// work, or async work that does not give its thread back. A member that calls this is spared and not named.
    ///
    /// # Cancel safety
    /// Dropping the future ends the waiting; what was asked to end still ends.
    pub async fn stop(&self, graceful: Graceful) -> Vec<String> {
        self.shared.close();
        match graceful {
            Graceful::Yes => {
                self.shared.stop_timers();
                self.wait().await;
                // Whoever is left waits for the group, too, and goes when it has heard.
                Vec::new()
            }
            Graceful::No => self.cut().await,
        }
    }

    /// Stops for good, with grace for as long as `timeout`; answers as [`stop`](Self::stop) does.
    ///
    /// One-off work that has not begun is dropped, timers finish the call that goes, other work may end by
    /// itself. What has not ended after `timeout` is cut.
    ///
    /// # Cancel safety
    /// As of [`stop`](Self::stop); the cut no longer comes.
    pub async fn cancel(&self, timeout: Duration) -> Vec<String> {
        self.shared.close();
        self.shared.drop_unbegun();
        self.shared.stop_timers();
        match tokio::time::timeout(timeout, self.wait()).await {
            Ok(()) => Vec::new(),
            Err(_) => self.cut().await,
        }
    }

    /// Stops the timers that are in the group now: each at once if it sleeps, else after the call that goes.
    /// Does not wait, and leaves the group open.
    pub fn stop_timers(&self) {
        self.shared.stop_timers();
    }

    /// Waits until the group is empty; a timer is in it until it ends.
    ///
    /// A member that calls this waits for the others, except for those that wait, too.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing.
    pub async fn wait(&self) {
        let waiting = Waiting::new(&self.shared);
        loop {
            let mut changed = pin!(self.shared.changed.notified());
            // Registered before the look, so that no change falls between the two.
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

/// Marks a member as waiting for as long as it does.
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
