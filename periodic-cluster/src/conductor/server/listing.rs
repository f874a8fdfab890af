//! The list of all members, which requests at the same time share.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};

use hyper::body::Bytes;
use tokio::sync::Mutex as AsyncMutex;

use crate::any_membership::AnyMembership;
use crate::conductor::json::write;
use crate::conductor::wire;
use crate::{MembershipError, MembershipErrorKind};

/// Runs one reading at a time. Requests that come meanwhile share the next one. So repeated requests do not delay
/// heartbeats, which wait for readings in some engines, and their answers share memory.
#[derive(Default)]
pub(super) struct Listing {
    /// The reading that has not begun.
    next: Mutex<Weak<Reading>>,
    turn: AsyncMutex<()>,
}

type Reading = OnceLock<Result<Bytes, MembershipError>>;

impl Listing {
    /// Returns all members as the body of an answer.
    ///
    /// # Cancel safety
    /// If the future that reads is dropped, the next one that waits for the reading begins it again.
    pub(super) async fn read(&self, driver: &dyn AnyMembership) -> Result<Bytes, MembershipError> {
        let reading = self.joined();
        let _turn = self.turn.lock().await;
        if let Some(read) = reading.get() {
            return read.clone();
        }
        self.begins(&reading);
        let read = listed(driver).await;
        reading.get_or_init(|| read).clone()
    }

    fn joined(&self) -> Arc<Reading> {
        let mut next = self.next();
        if let Some(reading) = next.upgrade() {
            return reading;
        }
        let reading = Arc::default();
        *next = Arc::downgrade(&reading);
        reading
    }

    /// Notes that the reading begins: later requests get a later one.
    fn begins(&self, reading: &Arc<Reading>) {
        let mut next = self.next();
        if next.ptr_eq(&Arc::downgrade(reading)) {
            *next = Weak::new();
        }
    }

    fn next(&self) -> MutexGuard<'_, Weak<Reading>> {
        // No code panics while it is held.
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn listed(driver: &dyn AnyMembership) -> Result<Bytes, MembershipError> {
    let members: Vec<_> = driver.members().await?.into_iter().map(wire::Member::from).collect();
    let written = write(members).await.map(Bytes::from);
    written.map_err(|error| {
        MembershipError::new(MembershipErrorKind::Store, "the members cannot be written").caused_by(error)
    })
}
