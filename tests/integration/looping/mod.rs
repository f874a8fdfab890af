//! Looping calls under paused time: grids, stopping, failures, owners. The cases of the original's own tests are in
//! `upstream::loopingcall`.

mod failures;
mod grid;
mod owners;
mod returns;
mod stopping;
mod telemetry;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::Instant;

/// Seconds after its making, as often as it was told to note them.
#[derive(Clone)]
struct Notes {
    begun: Instant,
    at: Arc<Mutex<Vec<u64>>>,
}

impl Notes {
    fn new() -> Self {
        Self { begun: Instant::now(), at: Arc::default() }
    }

    fn note(&self) {
        self.at.lock().unwrap().push(self.begun.elapsed().as_secs());
    }

    fn noted(&self) -> Vec<u64> {
        self.at.lock().unwrap().clone()
    }

    async fn until(&self, seconds: u64) {
        tokio::time::sleep_until(self.begun + secs(seconds)).await;
    }
}

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}
