use std::sync::Arc;
use std::time::Duration;

use tokio::runtime;

use super::place::Place;
use super::{Entry, EntryKind, GroupError, TaskGroup};
use crate::catch_panic::{catch_panic, catch_panic_async};
use crate::looping::{
    Async, Blocking, Broke, CallOutput, Dynamic, Finish, FixedInterval, Looping, Outcome, Pace, Repeated,
    Running,
};

impl TaskGroup {
    /// Adds a timer that calls immediately and then every `interval`; the same as [`add`](Self::add) with a
    /// [`FixedInterval`].
    ///
    /// # Errors
    /// When the group is full or was stopped, and outside a tokio runtime.
    pub fn add_timer<F, Fut>(
        &self,
        interval: Duration,
        callback: F,
    ) -> Result<Entry<Broke<FixedInterval, Fut::Output>>, GroupError>
    where
        F: FnMut() -> Fut + Send + 'static,
        Fut: Future<Output: CallOutput<()>> + Send,
    {
        self.add(FixedInterval::every(interval), callback)
    }

    /// Adds a timer that calls again after the delay that the callback returned, at most `max`; the same as
    /// [`add`](Self::add) with a [`Dynamic`].
    ///
    /// # Errors
    /// See [`add_timer`](Self::add_timer).
    pub fn add_dynamic_timer<F, Fut>(
        &self,
        max: Duration,
        callback: F,
    ) -> Result<Entry<Broke<Dynamic, Fut::Output>>, GroupError>
    where
        F: FnMut() -> Fut + Send + 'static,
        Fut: Future<Output: CallOutput<Option<Duration>>> + Send,
    {
        self.add(Dynamic::at_most(max), callback)
    }

    /// Adds a looping call of any kind, and starts it.
    ///
    /// # Errors
    /// See [`add_timer`](Self::add_timer).
    pub fn add<P, F, Fut>(
        &self,
        looping: Looping<P>,
        callback: F,
    ) -> Result<Entry<Broke<P, Fut::Output>>, GroupError>
    where
        P: Pace,
        F: FnMut() -> Fut + Send + 'static,
        Fut: Future<Output: CallOutput<P::Returned>> + Send,
    {
        self.add_repeat(looping.repeat::<F, _>(Async(callback)))
    }

    /// Adds a looping call of any kind with a plain callback, which is called on tokio's blocking pool, and starts it.
    ///
    /// # Errors
    /// See [`add_timer`](Self::add_timer).
    pub fn add_blocking<P, F, O>(
        &self,
        looping: Looping<P>,
        callback: F,
    ) -> Result<Entry<Broke<P, O>>, GroupError>
    where
        P: Pace,
        F: FnMut() -> O + Send + 'static,
        O: CallOutput<P::Returned>,
    {
        self.add_repeat(looping.repeat::<F, _>(Blocking(Some(callback))))
    }

    fn add_repeat<T>(&self, mut repeat: impl Repeated<T> + 'static) -> Result<Entry<T>, GroupError>
    where
        T: Clone + Send + Sync + 'static,
    {
        let (running, finish) = Running::new(repeat.blocking());
        let (name, stop) = (repeat.name().into(), finish.stop().clone());
        let work = async move {
            let outcome = repeat.run(&stop).await;
            // The callback is the user's; a panic in its `Drop` must not change the outcome.
            let _ = catch_panic(|| drop(repeat));
            outcome
        };
        self.enter(name, EntryKind::Timer, running, finish, work)
    }

    pub(super) fn enter<T>(
        &self,
        name: Arc<str>,
        kind: EntryKind,
        running: Running<T>,
        finish: Finish<T>,
        work: impl Future<Output = Outcome<T>> + Send + 'static,
    ) -> Result<Entry<T>, GroupError>
    where
        T: Clone + Send + Sync + 'static,
    {
        // First of all, because work that is refused or never begins is dropped, too.
        let work = catch_panic_async(work);
        let runtime = runtime::Handle::try_current().map_err(|_| GroupError::NoRuntime)?;
        let id = self.shared.enter(Arc::clone(&name), kind, running.tokens.clone())?;
        let place = Place { shared: Arc::clone(&self.shared), id };
        // Spawned outside the lock: a runtime that is shutting down drops the task here, and with it the place.
        drop(runtime.spawn(place.run(finish, work)));
        Ok(Entry::new(name, running))
    }
}
