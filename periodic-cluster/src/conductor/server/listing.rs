//! The list of all members, read once for all who ask at a time.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};

use hyper::body::Bytes;
use tokio::sync::Mutex as AsyncMutex;

use crate::any_membership::AnyMembership;
use crate::conductor::json::write;
use crate::conductor::wire;
use crate::{MembershipError, MembershipErrorKind};

/// One reading at a time goes on. Whoever asks meanwhile gets the next one, which begins after it has asked. So clients
/// that ask without end hold up no heartbeat, which in some engines waits for readings, and share the memory of their
/// answers.
#[derive(Default)]
pub(super) struct Listing {
    /// The reading that has not begun.
    next: Mutex<Weak<Reading>>,
    turn: AsyncMutex<()>,
}

type Reading = OnceLock<Result<Bytes, MembershipError>>;

impl Listing {
    /// All members, as the text of an answer.
    ///
    /// # Cancel safety
    /// A reading whose reader is dropped is begun again by the next one that waits for it.
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

    /// Whoever asks from now on gets a later one.
    fn begins(&self, reading: &Arc<Reading>) {
        let mut next = self.next();
        if next.ptr_eq(&Arc::downgrade(reading)) {
            *next = Weak::new();
        }
    }

    fn next(&self) -> MutexGuard<'_, Weak<Reading>> {
        // Nothing panics while it is held.
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
