use std::sync::Arc;

use periodic_core::scheduler::{RunId, Start};

use super::Runner;
use super::added::AddedTask;
use super::launch::Runs;
use crate::caught::Quiet;

impl Runner {
    /// Starts what is due, again and again, until the service is being stopped and nothing is going.
    pub(super) async fn serve(&self, runs: &mut Runs) {
        loop {
            // Where runs end as fast as they start, nothing below waits; a stop must be heard nevertheless.
            tokio::task::coop::consume_budget().await;
            self.shared.pulse.beat();
            let (wake_at, idle) = self.shared.quietly(|state, now| {
                let tick = state.scheduler.poll(now);
                state.planned = tick.wake_at;
                (tick.wake_at, state.stopping && state.scheduler.running() == 0)
            });
            if idle {
                return;
            }
            runs.reap();
            while let Some(id) = self.next_cancelled() {
                runs.abort(id);
            }
            while let Some((start, added)) = self.next_start() {
                // A table's tasks belong to one of the managers from which it was made.
                let part = &self.parts[start.task.part()];
                if let Some(inline) = part.launch(&self.shared, start, added, runs) {
                    Quiet::boxed(inline).await;
                    // Inline work that never waits would let no stop be heard between two runs.
                    tokio::task::yield_now().await;
                }
            }
            // A run that ended inline may have made another due; then `wake` is told already.
            let sleep = self.shared.pulse.at_most(wake_at - self.shared.clock.now().boot);
            tokio::select! {
                () = tokio::time::sleep(sleep) => {}
                () = self.shared.wake.notified() => {}
            }
        }
    }

    /// With the code of a task that was added at run time: once the lock is free, the task may be removed.
    fn next_start(&self) -> Option<(Start, Option<Arc<AddedTask>>)> {
        self.shared.quietly(|state, now| {
            let start = state.scheduler.hand_out(now)?;
            let added = state.added.get(&start.id.task()).cloned();
            Some((start, added))
        })
    }

    fn next_cancelled(&self) -> Option<RunId> {
        self.shared.quietly(|state, _| state.scheduler.take_cancelled())
    }
}
