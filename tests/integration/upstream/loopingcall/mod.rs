//! `test_loopingcall.py`, and the fixture that patches its sleeps.

mod backoff;
mod dynamic;
mod fixed;
mod retry;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::Instant;

/// When calls were made. The originals mock the sleep and look at its arguments; here time is paused.
#[derive(Clone)]
struct Calls {
    begun: Instant,
    at: Arc<Mutex<Vec<Duration>>>,
}

impl Calls {
    fn begin() -> Self {
        Self { begun: Instant::now(), at: Arc::default() }
    }

    /// Notes a call; answers how many there were before it.
    fn note(&self) -> usize {
        let mut at = self.at.lock().unwrap();
        at.push(self.begun.elapsed());
        at.len() - 1
    }

    fn count(&self) -> usize {
        self.at.lock().unwrap().len()
    }

    /// The time from each call to the next, in milliseconds.
    fn gaps(&self) -> Vec<u128> {
        self.at.lock().unwrap().windows(2).map(|pair| pair[1].abs_diff(pair[0]).as_millis()).collect()
    }
}

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}
