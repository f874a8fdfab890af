use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::sync::{PoisonError, Weak};

use super::catch_panic;
use super::sync::{Arc, AtomicBool, Mutex, MutexGuard, Ordering, fence};

/// A token that asks a run to end: the service stops, or a newer slot replaces the run.
///
/// A clone is another handle to the same token. The token is small and independent of any runtime, because this crate
/// depends on none. A run can bridge it to another kind of token by awaiting [`cancelled`](Self::cancelled).
///
/// # Examples
/// ```
/// use periodic_core::task::Cancellation;
///
/// let token = Cancellation::new();
/// assert!(!token.is_cancelled());
/// token.cancel();
/// assert!(token.is_cancelled());
/// ```
#[derive(Clone, Default)]
pub struct Cancellation(Arc<Signals>);

/// The signals between a run and its scheduler: one allocation for both directions, which is reused.
#[derive(Default)]
struct Signals {
    /// Whether a signal was sent or awaited. It is set before that, so that a reader that finds it unset need not lock.
    used: AtomicBool,
    state: Mutex<State>,
    note: Mutex<Option<std::sync::Arc<str>>>,
}

#[derive(Default)]
struct State {
    cancelled: bool,
    waiting: Vec<Weak<Waiter>>,
}

/// The waker of one waiter, which the waiter owns: with a waiter that is leaked, it is never dropped. The token may be
/// dropped, or taken back for another run, under the scheduler's lock; and a waker is the user's code.
#[derive(Default)]
struct Waiter(Mutex<Option<Waker>>);

impl Waiter {
    /// Whether it has a waker that wakes the same task.
    fn has(&self, waker: &Waker) -> bool {
        self.waker().as_ref().is_some_and(|own| own.will_wake(waker))
    }

    fn waker(&self) -> MutexGuard<'_, Option<Waker>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Cancellation {
    /// Creates a token that is not cancelled.
    pub fn new() -> Self {
        Self::default()
    }

    /// Cancels the token for good; a second call has no effect.
    pub fn cancel(&self) {
        self.0.used.store(true, Ordering::Relaxed);
        let waiting = {
            let mut state = self.state();
            state.cancelled = true;
            core::mem::take(&mut state.waiting)
        };
        // Wakes outside the lock, because a waker may poll at once. A waker that panics must not keep the others
        // asleep.
        for waiter in waiting.iter().filter_map(Weak::upgrade) {
            let waker = waiter.waker().take();
            let _ = catch_panic(|| {
                // The last owner of the waiter, if it is gone meanwhile.
                drop(waiter);
                waker.map(Waker::wake)
            });
        }
    }

    /// Whether the token was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.state().cancelled
    }

    /// Waits until the token is cancelled.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing; a later call sees an earlier cancellation.
    pub fn cancelled(&self) -> Cancelled<'_> {
        Cancelled { token: self, waiter: None }
    }

    /// Replaces the run's note of its progress.
    pub(crate) fn set_note(&self, note: std::sync::Arc<str>) {
        self.0.used.store(true, Ordering::Relaxed);
        *self.0.note.lock().unwrap_or_else(PoisonError::into_inner) = Some(note);
    }

    /// Returns the run's note of its progress, if it made one.
    pub(crate) fn note(&self) -> Option<std::sync::Arc<str>> {
        self.0.note.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether this token is as good as a new one: it has no other handle, and was never used.
    #[inline]
    pub(crate) fn is_unused(&self) -> bool {
        // No weak handles exist, and no other handle is left to be cloned.
        let is_only = Arc::strong_count(&self.0) == 1;
        // All effects of the last other handle come before its drop.
        fence(Ordering::Acquire);
        is_only && !self.0.used.load(Ordering::Relaxed)
    }

    /// Returns the token in the state of a new one, if it has no other handle.
    pub(crate) fn renewed(mut self) -> Option<Self> {
        if self.is_unused() {
            return Some(self);
        }
        let Signals { used, state, note } = Arc::get_mut(&mut self.0)?;
        *used = AtomicBool::new(false);
        let state = state.get_mut().unwrap_or_else(PoisonError::into_inner);
        state.cancelled = false;
        state.waiting.clear();
        *note.get_mut().unwrap_or_else(PoisonError::into_inner) = None;
        Some(self)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic cannot leave the state half-changed: no user code runs under the lock.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Cancellation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cancellation").field(&self.is_cancelled()).finish()
    }
}

/// The future of [`Cancellation::cancelled`].
#[must_use = "futures do nothing unless awaited"]
pub struct Cancelled<'a> {
    token: &'a Cancellation,
    /// `None` before its first wait.
    waiter: Option<std::sync::Arc<Waiter>>,
}

impl Future for Cancelled<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let Self { token, waiter } = &mut *self;
        if token.is_cancelled() {
            return Poll::Ready(());
        }
        // A token that is cancelled from here on wakes the waker that is in its place.
        if waiter.as_ref().is_some_and(|waiter| waiter.has(cx.waker())) {
            return Poll::Pending;
        }
        // A waker is the user's, and may call the token when it is cloned or dropped; so neither happens under a lock.
        let waker = cx.waker().clone();
        let is_new = waiter.is_none();
        let waiter = waiter.get_or_insert_default();
        let before = waiter.waker().replace(waker);
        // Looked at after the waker is in its place: a token that is cancelled in between may have found none.
        let is_cancelled = {
            let mut state = token.state();
            if is_new && !state.cancelled {
                token.0.used.store(true, Ordering::Relaxed);
                state.waiting.push(std::sync::Arc::downgrade(waiter));
            }
            state.cancelled
        };
        drop(before);
        if is_cancelled { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl Drop for Cancelled<'_> {
    fn drop(&mut self) {
        if let Some(waiter) = &self.waiter {
            let mut state = self.token.state();
            let own = std::sync::Arc::as_ptr(waiter);
            if let Some(place) = state.waiting.iter().position(|other| Weak::as_ptr(other) == own) {
                state.waiting.remove(place);
            }
        }
    }
}

impl fmt::Debug for Cancelled<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cancelled").field("token", self.token).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;
    use std::task::Wake;

    use super::*;

    struct Count(AtomicUsize);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    #[test]
    fn wakes_each_waiter_once() {
        let count = Arc::new(Count(AtomicUsize::new(0)));
        let waker = Waker::from(Arc::clone(&count));
        let mut cx = Context::from_waker(&waker);
        let token = Cancellation::new();
        let (mut first, mut second) = (token.cancelled(), token.cancelled());
        for _ in 0..3 {
            assert!(Pin::new(&mut first).poll(&mut cx).is_pending());
        }
        assert!(Pin::new(&mut second).poll(&mut cx).is_pending());
        token.cancel();
        token.cancel();
        assert_eq!(count.0.load(Ordering::SeqCst), 2);
        assert!(Pin::new(&mut first).poll(&mut cx).is_ready());
        assert!(Pin::new(&mut token.cancelled()).poll(&mut cx).is_ready());
    }

    struct Broken;

    impl Wake for Broken {
        fn wake(self: Arc<Self>) {
            panic!("no executor");
        }
    }

    #[test]
    fn a_waker_that_panics_keeps_no_other_asleep() {
        let count = Arc::new(Count(AtomicUsize::new(0)));
        let token = Cancellation::new();
        let (mut first, mut second) = (token.cancelled(), token.cancelled());
        let (broken, whole) = (Waker::from(Arc::new(Broken)), Waker::from(Arc::clone(&count)));
        assert!(Pin::new(&mut first).poll(&mut Context::from_waker(&broken)).is_pending());
        assert!(Pin::new(&mut second).poll(&mut Context::from_waker(&whole)).is_pending());
        token.cancel();
        assert_eq!(count.0.load(Ordering::SeqCst), 1);
    }

    /// The waker of an executor that looks at the token when it is dropped.
    struct Curious(Cancellation, Arc<AtomicUsize>);

    impl Wake for Curious {
        fn wake(self: Arc<Self>) {}
    }

    impl Drop for Curious {
        fn drop(&mut self) {
            let is_free = self.0.0.state.try_lock().is_ok();
            self.1.fetch_add(usize::from(is_free), Ordering::SeqCst);
        }
    }

    #[test]
    fn no_waker_is_dropped_under_the_lock() {
        let (token, free) = (Cancellation::new(), Arc::new(AtomicUsize::new(0)));
        let mut waiter = token.cancelled();
        for _ in 0..2 {
            let waker = Waker::from(Arc::new(Curious(token.clone(), Arc::clone(&free))));
            assert!(Pin::new(&mut waiter).poll(&mut Context::from_waker(&waker)).is_pending());
        }
        assert_eq!(free.load(Ordering::SeqCst), 1, "the second takes the place of the first");
        drop(waiter);
        assert_eq!(free.load(Ordering::SeqCst), 2);
    }

    /// The scheduler takes the token of an ended run back under its lock.
    #[test]
    fn a_leaked_waiter_keeps_its_waker_for_good() {
        let (token, dropped) = (Cancellation::new(), Arc::new(AtomicUsize::new(0)));
        let mut waiter = token.cancelled();
        let waker = Waker::from(Arc::new(Curious(Cancellation::new(), Arc::clone(&dropped))));
        assert!(Pin::new(&mut waiter).poll(&mut Context::from_waker(&waker)).is_pending());
        drop(waker);
        core::mem::forget(waiter);
        drop(token.renewed().unwrap());
        assert_eq!(dropped.load(Ordering::SeqCst), 0);
    }

    #[test]
    fn a_dropped_waiter_leaves_nothing() {
        let token = Cancellation::new();
        let mut waiter = token.cancelled();
        assert!(Pin::new(&mut waiter).poll(&mut Context::from_waker(Waker::noop())).is_pending());
        drop(waiter);
        assert!(token.state().waiting.is_empty());
    }
}
