use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::Event;

/// The events of a runner, from the moment when [`Handle::watch`](crate::Handle::watch) was called.
///
/// Each watcher gets every event, in the order in which they happened. The newest 1024 are kept for a slow watcher, or
/// the number set by [`watch_capacity`](crate::RunnerBuilder::watch_capacity). It loses older ones, and gets their
/// number. No watcher slows the runner down.
///
/// It does not keep the runner alive, and ends with it.
#[derive(Debug)]
#[must_use = "events are lost unless `next` is awaited"]
pub struct Watcher {
    receiver: Receiver<Event>,
}

impl Watcher {
    pub(super) fn new(receiver: Receiver<Event>) -> Self {
        Self { receiver }
    }

    /// Waits for the next event; `None` when the runner is gone.
    ///
    /// If a runner's future was dropped while blocking work ran, `None` comes when this work has ended.
    ///
    /// # Cancel safety
    /// Dropping the future loses no event.
    ///
    /// # Examples
    /// ```
    /// # use periodic_core::manager::{Call, Collector, Given, PeriodicManager};
    /// # use periodic_core::task::{Ended, Next, TaskSpec};
    /// # struct Manager;
    /// # impl PeriodicManager for Manager {
    /// #     type Context = ();
    /// #     type Owner = ();
    /// #     fn collect(&self, collector: &mut Collector) {
    /// #         collector.manager("Manager");
    /// #         collector.tasks(&[TaskSpec::new("poll")]);
    /// #     }
    /// #     fn call<'a>(&'a self, _: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
    /// #         Call::pending(async { Ended::Ok(Next::OnSchedule) })
    /// #     }
    /// # }
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() -> Result<(), periodic_runtime::Error> {
    /// use std::time::Duration;
    /// use periodic_runtime::{Runner, watch::Event};
    ///
    /// let runner = Runner::builder(Manager).build()?;
    /// let mut watcher = runner.handle().watch();
    /// let _stopped = runner.run_until(tokio::time::sleep(Duration::from_secs(150))).await;
    ///
    /// let mut ended = 0;
    /// while let Some(event) = watcher.next().await {
    ///     match event {
    ///         Event::SlotEnded(record) => ended += record.count,
    ///         Event::Lagged(lost) => eprintln!("{lost} events are lost"),
    ///         _ => {}
    ///     }
    /// }
    /// assert_eq!(ended, 2);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn next(&mut self) -> Option<Event> {
        match self.receiver.recv().await {
            Ok(event) => Some(event),
            Err(RecvError::Lagged(lost)) => Some(Event::Lagged(lost)),
            Err(RecvError::Closed) => None,
        }
    }
}
