//! `tokio_util::time::DelayQueue`: an expired entry is put back for its next time.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::time::Instant;
use tokio_util::time::DelayQueue;

use super::paused;
use crate::rounds::each;

/// A queue of numbers, each with its period.
#[derive(Debug)]
pub struct Delays {
    runtime: Runtime,
    queue: DelayQueue<usize>,
    period: fn(usize) -> Duration,
}

impl Delays {
    /// Creates a queue with `entries` entries.
    pub fn of(entries: usize, period: fn(usize) -> Duration) -> Self {
        let runtime = paused();
        let queue = runtime.block_on(async { filled(entries, period) });
        Self { runtime, queue, period }
    }

    /// Makes `steps` steps; returns the cost of a run, the steps of time included.
    pub fn round(&mut self, steps: u32, step: Duration) -> f64 {
        each(|| self.steps(steps, step))
    }

    fn steps(&mut self, steps: u32, step: Duration) -> u64 {
        let Self { runtime, queue, period } = self;
        let mut runs = 0;
        runtime.block_on(async {
            for _ in 0..steps {
                tokio::time::advance(step).await;
                // Otherwise tokio interrupts it every 128 runs, in favour of other tasks, of which there are none.
                tokio::task::unconstrained(poll_fn(|cx| {
                    while let Poll::Ready(Some(expired)) = queue.poll_expired(cx) {
                        runs += 1;
                        let (deadline, entry) = (expired.deadline(), expired.into_inner());
                        queue.insert_at(entry, deadline + period(entry));
                    }
                    Poll::Ready(())
                }))
                .await;
            }
        });
        runs
    }
}

/// Creates a queue with `entries` entries, and with the capacity for them.
pub fn filled(entries: usize, period: fn(usize) -> Duration) -> DelayQueue<usize> {
    let mut queue = DelayQueue::with_capacity(entries);
    let now = Instant::now();
    for entry in 0..entries {
        queue.insert_at(entry, now + period(entry));
    }
    queue
}
