//! `tokio-cron-scheduler`: it lists all jobs twice a second.

use std::time::Duration;

use tokio::runtime::Runtime;
use tokio_cron_scheduler::{Job, JobScheduler};

use super::paused;
use crate::rounds::each;

/// A started scheduler, with jobs that are not due for an hour.
#[derive(Debug)]
pub struct CronScheduler {
    runtime: Runtime,
}

impl CronScheduler {
    /// Creates a scheduler with `jobs` jobs.
    pub fn of(jobs: usize) -> Self {
        let runtime = paused();
        let scheduler = runtime.block_on(filled(jobs));
        runtime.block_on(async { scheduler.start().await.expect("the scheduler starts") });
        Self { runtime }
    }

    /// Makes `ticks` of its ticks, half a second apart; returns the cost of one.
    pub fn idle_round(&mut self, ticks: u32) -> f64 {
        each(|| {
            self.runtime.block_on(async {
                for _ in 0..ticks {
                    // Its sleep begins at the end of the tick before, and is rounded up to a millisecond.
                    tokio::time::advance(Duration::from_millis(502)).await;
                    tokio::task::yield_now().await;
                }
            });
            u64::from(ticks)
        })
    }
}

/// Creates a scheduler with `jobs` jobs.
pub async fn filled(jobs: usize) -> JobScheduler {
    let scheduler = JobScheduler::new().await.expect("a scheduler in memory");
    for _ in 0..jobs {
        let job = Job::new_repeated(Duration::from_hours(1), |_, _| ()).expect("a repeated job");
        scheduler.add(job).await.expect("the job is added");
    }
    scheduler
}
