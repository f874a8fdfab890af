//! `apalis-cron`: a worker with a cron backend for each task.
//!
//! Its ticks are whole seconds of the system's clock, so only the memory of a waiting task can be compared.

use apalis::prelude::{BoxDynError, WorkerBuilder};
use apalis_cron::{CronScheduler, Schedule, Tick};

/// A schedule whose next tick is an hour away.
#[derive(Clone, Debug)]
struct Hourly;

impl<Tz> Schedule<Tz> for Hourly {
    fn next_tick(&mut self, _: &Tz) -> Option<Tick<Tz>> {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
        Some(Tick::new(now.as_secs() + 3_600))
    }
}

/// Spawns `workers` workers, each of which waits for its tick.
pub fn spawn(workers: usize) {
    for worker in 0..workers {
        let worker = WorkerBuilder::new(format!("w{worker}"))
            .backend(CronScheduler::new(Hourly))
            .build(|_: Tick| async { Ok::<(), BoxDynError>(()) });
        tokio::spawn(worker.run());
    }
}
