//! `clokwerk`: `run_pending` checks each job.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use chrono::{DateTime, TimeZone, Utc};
use clokwerk::timeprovider::TimeProvider;
use clokwerk::{Interval, Scheduler};

use crate::rounds::each;

static NOW: AtomicI64 = AtomicI64::new(1_767_225_600);

/// A clock that the measurement moves, so that neither side reads a system clock.
#[derive(Debug)]
pub struct Stepped;

impl TimeProvider for Stepped {
    fn now<Tz: TimeZone + Sync + Send>(tz: &Tz) -> DateTime<Tz> {
        let now = DateTime::from_timestamp(NOW.load(Ordering::Relaxed), 0);
        now.expect("a time within chrono's range").with_timezone(tz)
    }
}

/// A scheduler of jobs that count.
#[derive(Debug)]
pub struct Clokwerk {
    scheduler: Scheduler<Utc, Stepped>,
    runs: Arc<AtomicU64>,
}

impl Clokwerk {
    /// Creates a scheduler with `jobs` jobs.
    pub fn of(jobs: usize, every: Interval) -> Self {
        let mut scheduler = Scheduler::with_tz_and_provider::<Utc, Stepped>(Utc);
        let runs = Arc::new(AtomicU64::new(0));
        for _ in 0..jobs {
            let runs = Arc::clone(&runs);
            scheduler.every(every).run(move || _ = runs.fetch_add(1, Ordering::Relaxed));
        }
        Self { scheduler, runs }
    }

    /// Makes `ticks` ticks; returns the cost of one.
    pub fn idle_round(&mut self, ticks: u32) -> f64 {
        each(|| {
            (0..ticks).for_each(|_| self.scheduler.run_pending());
            u64::from(ticks)
        })
    }

    /// Plays `seconds` seconds; returns the cost of a run.
    pub fn round(&mut self, seconds: u32) -> f64 {
        let before = self.runs.load(Ordering::Relaxed);
        each(|| {
            for _ in 0..seconds {
                NOW.fetch_add(1, Ordering::Relaxed);
                self.scheduler.run_pending();
            }
            self.runs.load(Ordering::Relaxed) - before
        })
    }
}
