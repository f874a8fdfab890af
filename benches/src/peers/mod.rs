//! The peers, each in the best configuration that its documentation describes.

pub mod apalis;
pub mod clokwerk;
pub mod cron_scheduler;
pub mod delay_queue;
pub mod interval;

use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

use crate::rounds::each;

/// Creates a runtime of one thread, the cheapest kind, whose time the measurement moves.
pub fn paused() -> Runtime {
    Builder::new_current_thread().enable_time().start_paused(true).build().expect("a runtime of one thread")
}

/// Returns the cost of a step of virtual time by itself. It is subtracted from the costs of peers that need it.
pub fn empty_round(runtime: &Runtime, steps: u32, step: Duration) -> f64 {
    each(|| {
        runtime.block_on(async {
            for _ in 0..steps {
                tokio::time::advance(step).await;
            }
        });
        u64::from(steps)
    })
}
