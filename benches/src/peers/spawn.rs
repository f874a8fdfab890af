//! `tokio::spawn` of a future that is ready at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::runtime::Runtime;

use super::paused;
use crate::rounds::each;

/// Spawns futures, and waits until all have run.
#[derive(Debug)]
pub struct Spawns {
    runtime: Runtime,
    runs: Arc<AtomicU64>,
    batch: u64,
}

impl Spawns {
    /// Creates a contender that spawns `batch` futures at a time.
    pub fn of(batch: u64) -> Self {
        Self { runtime: paused(), runs: Arc::default(), batch }
    }

    /// Spawns `batches` batches; returns the cost of one spawned future.
    pub fn round(&mut self, batches: u32) -> f64 {
        each(|| {
            self.runtime.block_on(async {
                for _ in 0..batches {
                    let goal = self.runs.load(Ordering::Relaxed) + self.batch;
                    for _ in 0..self.batch {
                        let runs = Arc::clone(&self.runs);
                        tokio::spawn(async move { runs.fetch_add(1, Ordering::Relaxed) });
                    }
                    while self.runs.load(Ordering::Relaxed) < goal {
                        tokio::task::yield_now().await;
                    }
                }
            });
            u64::from(batches) * self.batch
        })
    }
}
