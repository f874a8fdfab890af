use std::sync::{Arc, Mutex};
use std::time::Duration;

use periodic::{periodic_manager, periodic_task};
use tokio::time::Instant;

/// A manager with a task each second, which records the times of its runs.
#[derive(Clone, Default)]
pub(super) struct Ticker(Arc<Mutex<Vec<Instant>>>);

#[periodic_manager]
impl Ticker {
    #[allow(clippy::unused_async)] // it runs where the service runs, and not on a thread of its own
    #[periodic_task(spacing = 1)]
    async fn tick(&self) {
        self.0.lock().unwrap().push(Instant::now());
    }
}

impl Ticker {
    pub(super) fn longest_gap(&self) -> Duration {
        let ticks = self.0.lock().unwrap();
        ticks.windows(2).map(|pair| pair[1] - pair[0]).max().expect("the task has run twice")
    }
}
