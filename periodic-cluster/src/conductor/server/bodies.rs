//! The memory for the bodies of requests, of which each caller has a share.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

use crate::conductor::token::Caller;
use crate::conductor::wire;

/// Longer bodies count.
const SMALL: u64 = 4 << 10;
/// The memory for all long bodies of one caller. A caller that announces bodies and sends none delays no other caller.
const SHARE: usize = 2 * wire::REQUEST;
/// The memory for the long bodies of all callers.
const ALL: usize = 8 * SHARE;

/// The owner of a share: a host, or the operator at one address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Whose {
    Host(Arc<str>),
    Address(IpAddr),
}

impl Whose {
    pub(super) fn new(caller: &Caller, address: IpAddr) -> Self {
        match caller {
            Caller::Host(host) => Self::Host(Arc::clone(host)),
            Caller::Operator => Self::Address(address),
        }
    }
}

pub(super) struct Bodies {
    all: Semaphore,
    shares: Mutex<HashMap<Whose, Share>>,
}

struct Share {
    room: Arc<Semaphore>,
    /// The number of bodies that have a part of it, or wait for one.
    bodies: usize,
}

/// The memory for one body, until it is dropped.
pub(super) struct Memory<'a> {
    _all: Option<SemaphorePermit<'a>>,
    _share: Option<OwnedSemaphorePermit>,
    _counted: Counted<'a>,
}

/// A body that counts towards a share.
struct Counted<'a> {
    bodies: &'a Bodies,
    whose: Whose,
}

impl Bodies {
    pub(super) fn new() -> Self {
        Self { all: Semaphore::new(ALL), shares: Mutex::default() }
    }

    /// Waits for the memory of a body with this length. Returns `None` for a small one, which needs none.
    pub(super) async fn reserve(&self, whose: Whose, length: u64) -> Option<Memory<'_>> {
        let length = u32::try_from(length).ok().filter(|length| u64::from(*length) > SMALL)?;
        let (room, counted) = self.share(whose);
        // No code closes either semaphore.
        let share = room.acquire_many_owned(length).await.ok();
        let all = self.all.acquire_many(length).await.ok();
        Some(Memory { _all: all, _share: share, _counted: counted })
    }

    fn share(&self, whose: Whose) -> (Arc<Semaphore>, Counted<'_>) {
        let mut shares = self.shares();
        let unused = || Share { room: Arc::new(Semaphore::new(SHARE)), bodies: 0 };
        let own = shares.entry(whose.clone()).or_insert_with(unused);
        own.bodies += 1;
        (Arc::clone(&own.room), Counted { bodies: self, whose })
    }

    fn shares(&self) -> MutexGuard<'_, HashMap<Whose, Share>> {
        // No code panics while it is held.
        self.shares.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        let mut shares = self.bodies.shares();
        if let Some(share) = shares.get_mut(&self.whose) {
            share.bodies -= 1;
            if share.bodies == 0 {
                shares.remove(&self.whose);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::pin::pin;
    use std::task::Poll;

    use super::*;

    fn host(number: usize) -> Whose {
        Whose::Host(format!("node-{number}").into())
    }

    /// Returns the memory for a body if it is available immediately.
    async fn has_room(bodies: &Bodies, whose: Whose) -> Option<Memory<'_>> {
        let mut reserved = pin!(bodies.reserve(whose, wire::REQUEST as u64));
        poll_fn(|context| match reserved.as_mut().poll(context) {
            Poll::Ready(memory) => Poll::Ready(memory),
            Poll::Pending => Poll::Ready(None),
        })
        .await
    }

    #[tokio::test]
    async fn each_caller_has_a_share_and_all_have_a_bound() {
        let bodies = Bodies::new();
        let mut held = Vec::new();
        for number in 0..8 {
            for _ in 0..2 {
                held.push(has_room(&bodies, host(number)).await.expect("a share"));
            }
            assert!(has_room(&bodies, host(number)).await.is_none(), "its share is taken");
        }
        assert!(has_room(&bodies, host(8)).await.is_none(), "all is taken");
        held.pop();
        assert!(has_room(&bodies, host(8)).await.is_some());
        held.clear();
        assert!(bodies.shares().is_empty(), "whose bodies are gone is forgotten");
        assert_eq!(bodies.all.available_permits(), ALL);
    }

    #[test]
    fn whose_share_it_is() {
        let (here, there) = ([10, 0, 0, 1].into(), [10, 0, 0, 2].into());
        let node = Caller::Host("node-1".into());
        assert_eq!(Whose::new(&node, here), Whose::new(&node, there));
        assert_ne!(Whose::new(&Caller::Operator, here), Whose::new(&Caller::Operator, there));
    }
}
