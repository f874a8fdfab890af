//! `tokio_util::time::DelayQueue`: an expired entry is put back for its next time.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::time::Instant;
use tokio_util::time::DelayQueue;

use super::paused;
use crate::rounds::each;
use crate::users::contender::begin;
use crate::users::load::{AWAITED, Code, Load};
use crate::users::sample::Begun;

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

/// The place where the runs of [`serve`] take place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runs {
    /// In the loop of the queue.
    Here,
    /// In a spawned task of their own.
    Spawned,
}

/// Runs the tasks of `load` for `length`, from one queue.
pub async fn serve(load: Load, runs: Runs, length: Duration, begun: Begun) {
    let (probe, end) = begin(load.set_up(), length, &begun);
    let mut queue = DelayQueue::with_capacity(load.tasks);
    for task in 0..load.tasks {
        queue.insert_at(task, (probe.began() + load.first(task)).into());
    }
    // As above: no other task of this thread waits for it.
    tokio::task::unconstrained(async {
        while let Some(expired) = poll_fn(|cx| queue.poll_expired(cx)).await {
            let (due, task) = (expired.deadline(), expired.into_inner());
            let run = async move {
                probe.note(due.into_std() - probe.began());
                if load.code == Code::Awaits {
                    tokio::time::sleep(AWAITED).await;
                }
            };
            match runs {
                Runs::Here => run.await,
                Runs::Spawned => drop(tokio::spawn(run)),
            }
            queue.insert_at(task, due + load.period(task));
            if due >= end.into() {
                break;
            }
        }
    })
    .await;
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
