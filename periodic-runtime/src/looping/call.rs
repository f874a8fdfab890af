use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::runtime;

use super::{Finish, LoopError, Outcome, Repeated, Running, StartError};
use crate::catch_panic::catch_panic;

/// A callback that is called again and again, by a tokio task that this owns.
///
/// All methods take `&self`, so an `Arc` lets several stop it or wait for it. Dropping it stops without grace,
/// as dropping a [`Runner`](crate::Runner)'s future does: a sleep ends, an async call is cut where it waits, and
/// a blocking call, which cannot be cut, is the last. A callback that wants to stop its own loop returns `Break`;
/// one that holds an `Arc` of its own call keeps itself alive, so give it a `Weak`.
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
    /// At home while no run has it.
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

    /// Starts the loop, for the first time or after it has ended. Its counters and its grid begin afresh; the
    /// callback keeps its own state.
    ///
    /// # Errors
    /// While it is running, and outside a tokio runtime.
    pub fn start(&self) -> Result<(), StartError> {
        let runtime = runtime::Handle::try_current().map_err(|_| StartError::NoRuntime)?;
        // What the last run ended in is dropped outside the lock: the value is the user's, and may panic.
        let (repeat, finish, last) = {
            let mut state = self.shared.lock();
            let repeat = state.repeat.take().ok_or(StartError::AlreadyRunning { kind: state.kind })?;
            let (running, finish) = Running::new(repeat.blocking());
            let last = state.running.replace(running);
            (repeat, finish, last)
        };
        let run = Run { shared: Arc::clone(&self.shared), repeat: Some(repeat), finish };
        // Owned through its tokens: the loop ends when this is dropped.
        drop(runtime.spawn(run.run()));
        let _ = catch_panic(|| drop(last));
        Ok(())
    }

    /// Ends the loop: at once if it sleeps, else after the call that goes. Does nothing if it is not running.
    pub fn stop(&self) {
        // Cloned, because waking whoever waits may run their code.
        let running = self.shared.lock().running.clone();
        if let Some(running) = running {
            running.tokens.stop();
        }
    }

    /// Whether it was started and has not ended.
    pub fn is_running(&self) -> bool {
        self.shared.lock().running.as_ref().is_some_and(Running::is_running)
    }

    /// Waits for the end of the run that was started last. Several may wait; each is told.
    ///
    /// # Errors
    /// Before it is started; and what ended the loop, where that was an error.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing; a later call gives the same answer.
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
        // The callback is the user's, and so is the value that the last run ended with.
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
            // With it the value goes, which the last run ended with, if it has ended.
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

/// What the task owns.
struct Run<T> {
    shared: Arc<Shared<T>>,
    repeat: Option<Box<dyn Repeated<T>>>,
    finish: Finish<T>,
}

impl<T> Run<T> {
    async fn run(mut self) {
        let Some(repeat) = &mut self.repeat else { return };
        let outcome = self.finish.unless_cut(repeat.run(self.finish.stop())).await;
        self.bring_home();
        self.finish.tell(outcome);
    }

    /// Before the end is told, because whoever is told may start it again.
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
