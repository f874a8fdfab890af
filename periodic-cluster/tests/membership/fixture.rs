use std::time::Duration;

use periodic_cluster::{Membership, ServiceGroup};

/// A store that a test has for itself.
pub(crate) trait Fixture: Sized {
    type Driver: Membership;

    /// Starts an empty store. `None` if its server is not installed, which has been said on stderr then.
    async fn start() -> Option<Self>;

    /// A connection of its own, as another node has. Dropping it is what a node's death is to the store.
    async fn connect(&self) -> Self::Driver;

    /// After how long a member that has died is down.
    fn down_time(&self) -> Duration;

    /// A connection of a node whose clock is ahead by so many seconds; `None` where the driver reads no clock of its
    /// node.
    async fn connect_ahead(&self, seconds: i64) -> Option<Self::Driver> {
        let _ = seconds;
        None
    }

    /// Where other processes find the store; `None` if they cannot.
    fn url(&self) -> Option<String> {
        None
    }

    /// Takes the store away, and brings it back with what it held: all, where its engine says that it is durable.
    /// `false` if this store cannot be taken away.
    async fn restart(&mut self) -> bool {
        false
    }

    async fn group(&self) -> ServiceGroup {
        ServiceGroup::new(self.connect().await).with_down_time(self.down_time())
    }
}
