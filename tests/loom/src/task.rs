//! The token of a run: `periodic-core/src/task/cancellation.rs`.

#[path = "../../../periodic-core/src/task/cancellation.rs"]
#[allow(dead_code, unreachable_pub, reason = "the models need a part of it")]
mod cancellation;

mod sync {
    pub(super) use loom::sync::atomic::{AtomicBool, Ordering, fence};
    pub(super) use loom::sync::{Arc, Mutex, MutexGuard};
}

use loom::future::block_on;
use loom::thread;

use cancellation::Cancellation;

/// Calls the waker. A panic of a model must not be caught.
fn catch_panic<T>(work: impl FnOnce() -> T) -> Result<T, ()> {
    Ok(work())
}

/// One thread waits, the other cancels: the waiter is woken.
pub fn a_waiter_is_woken() {
    let token = Cancellation::new();
    let other = token.clone();
    let waiter = thread::spawn(move || block_on(other.cancelled()));
    token.cancel();
    waiter.join().unwrap();
    assert!(token.is_cancelled());
}

/// One of two waiters gives up while the token is cancelled: the other is woken.
pub fn a_waiter_that_gives_up_takes_no_wake_up_from_another() {
    let token = Cancellation::new();
    let (first, second) = (token.clone(), token.clone());
    let waiter = thread::spawn(move || block_on(first.cancelled()));
    let gives_up = thread::spawn(move || {
        let mut waits = Box::pin(second.cancelled());
        block_on(std::future::poll_fn(|cx| {
            let _ = waits.as_mut().poll(cx);
            std::task::Poll::Ready(())
        }));
    });
    token.cancel();
    gives_up.join().unwrap();
    waiter.join().unwrap();
}

/// A scheduler takes a run's token back while the run still uses it: it gets it as good as new, or not at all.
pub fn a_token_is_used_again_only_as_a_new_one() {
    let token = Cancellation::new();
    let of_the_run = token.clone();
    let run = thread::spawn(move || {
        of_the_run.set_note("half".into());
        of_the_run.cancel();
    });
    let unused = token.is_unused();
    let renewed = token.renewed();
    assert!(!unused, "the run has used it");
    if let Some(token) = renewed {
        assert!(!token.is_cancelled() && token.note().is_none());
        let other = token.clone();
        let waiter = thread::spawn(move || block_on(other.cancelled()));
        token.cancel();
        waiter.join().unwrap();
    }
    run.join().unwrap();
}
