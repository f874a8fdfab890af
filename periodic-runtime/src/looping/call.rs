use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::runtime;

use super::{Finish, LoopError, Outcome, Repeated, Running, StartError};
use crate::catch_panic::{catch_panic, catch_panic_async};

/// A callback that is called repeatedly, by a tokio task that this value owns.
///
/// All methods take `&self`, so several owners of an `Arc` can stop it or wait for it. Dropping it stops without grace,
/// like dropping a [`Runner`](crate::Runner)'s future: a sleep ends, and an async call is cut where it waits. A
/// blocking call cannot be cut; it is the last. A callback stops its own loop by returning `Break`. A callback that
/// holds an `Arc` of its own call keeps itself alive, so give it a `Weak`.
///
/// # Examples
/// ```
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::time::Duration;
/// use periodic_runtime::looping::{End, FixedInterval, LoopError, StartError};
///
/// let call = FixedInterval::every(Duration::from_secs(60)).call(|| async {});
/// assert_eq!(call.wait().await, Err(LoopError::NotStarted));
/// call.start()?;
/// assert!(matches!(call.start(), Err(StartError::AlreadyRunning { .. })));
/// call.stop();
/// assert_eq!(call.wait().await, Ok(End::Stopped));
/// call.start()?;
/// # Ok(())
/// # }
/// ```
#[must_use = "dropping a looping call stops it"]
pub struct LoopingCall<T = ()> {
    shared: Arc<Shared<T>>,
}

struct Shared<T>(Mutex<State<T>>);

struct State<T> {
    /// `None` while a run has it.
    repeat: Option<Box<dyn Repeated<T>>>,
    /// The last run.
    running: Option<Running<T>>,
    kind: &'static str,
}

impl<T: Clone + Send + Sync + 'static> LoopingCall<T> {
    pub(super) fn new(repeat: impl Repeated<T> + 'static) -> Self {
        let kind = repeat.kind();
        let state = State { repeat: Some(Box::new(repeat)), running: None, kind };
        Self { shared: Arc::new(Shared(Mutex::new(state))) }
    }

    /// Starts the loop, for the first time or after it has ended. Its counters and its grid start afresh; the callback
    /// keeps its own state.
    ///
    /// # Errors
    /// When the loop is running, and outside a tokio runtime.
    pub fn start(&self) -> Result<(), StartError> {
        let runtime = runtime::Handle::try_current().map_err(|_| StartError::NoRuntime)?;
        // The outcome of the last run is dropped outside the lock: its value is the user's, and its `Drop` may panic.
        let (repeat, finish, last) = {
            let mut state = self.shared.lock();
            let repeat = state.repeat.take().ok_or(StartError::AlreadyRunning { kind: state.kind })?;
            let (running, finish) = Running::new(repeat.blocking());
            let last = state.running.replace(running);
            (repeat, finish, last)
        };
        let run = Run { shared: Arc::clone(&self.shared), repeat: Some(repeat), finish };
        // The handle is not needed: this value owns the task through its tokens.
        drop(runtime.spawn(run.run()));
        let _ = catch_panic(|| drop(last));
        Ok(())
    }

    /// Ends the loop: immediately while it sleeps, otherwise after the current call. No effect if it is not running.
    pub fn stop(&self) {
        // Cloned, because waking a waiter may run its code.
        let running = self.shared.lock().running.clone();
        if let Some(running) = running {
            running.tokens.stop();
        }
    }

    /// Whether the loop was started and has not ended.
    pub fn is_running(&self) -> bool {
        self.shared.lock().running.as_ref().is_some_and(Running::is_running)
    }

    /// Waits for the end of the last run. Several callers may wait; each receives the result.
    ///
    /// # Errors
    /// When the loop was never started, or ended by an error.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing; a later call returns the same result.
    pub async fn wait(&self) -> Outcome<T> {
        let running = self.shared.lock().running.clone();
        running.ok_or(LoopError::NotStarted)?.wait().await
    }
}

impl<T> Shared<T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // No user code runs under the lock, so a panic cannot leave the state half-changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Drop for Shared<T> {
    fn drop(&mut self) {
        // The callback is the user's, and so is the value of the last run.
        let State { repeat, running, .. } = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        let (repeat, running) = (repeat.take(), running.take());
        let _ = catch_panic(|| drop((repeat, running)));
    }
}

impl<T> Drop for LoopingCall<T> {
    fn drop(&mut self) {
        let running = self.shared.lock().running.take();
        if let Some(running) = running {
            running.tokens.cut();
            // This also drops the value of the last run, if it has ended.
            let _ = catch_panic(|| drop(running));
        }
    }
}

impl<T> fmt::Debug for LoopingCall<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.shared.lock();
        let running = state.running.as_ref().is_some_and(Running::is_running);
        f.debug_struct("LoopingCall").field("kind", &state.kind).field("running", &running).finish()
    }
}

/// The state that the task owns.
struct Run<T> {
    shared: Arc<Shared<T>>,
    repeat: Option<Box<dyn Repeated<T>>>,
    finish: Finish<T>,
}

impl<T> Run<T> {
    async fn run(mut self) {
        let Some(repeat) = &mut self.repeat else { return };
        let work = catch_panic_async(repeat.run(self.finish.stop()));
        let outcome = self.finish.unless_cut(work).await;
        self.bring_home();
        self.finish.tell(outcome);
    }

    /// Returns the loop to its owner before the end is reported, because a waiter may start it again.
    fn bring_home(&mut self) {
        if let Some(repeat) = self.repeat.take() {
            self.shared.lock().repeat = Some(repeat);
        }
    }
}

impl<T> Drop for Run<T> {
    fn drop(&mut self) {
        self.bring_home();
    }
}
