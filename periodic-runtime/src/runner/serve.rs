use periodic_core::PeriodicManager;
use periodic_core::scheduler::{RunId, Start};

use super::Runner;
use super::launch::Runs;

impl<M: PeriodicManager<Owner = ()>> Runner<M> {
    /// Starts what is due, again and again, until the service is being stopped and nothing is going.
    pub(super) async fn serve(&self, runs: &mut Runs) {
        loop {
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
            while let Some(start) = self.next_start() {
                self.launch(start, runs).await;
            }
            // A run that ended inline may have made another due; then `wake` is told already.
            let sleep = wake_at - self.shared.clock.now().boot;
            tokio::select! {
                () = tokio::time::sleep(sleep) => {}
                () = self.shared.wake.notified() => {}
            }
        }
    }

    fn next_start(&self) -> Option<Start> {
        self.shared.quietly(|state, now| state.scheduler.start_next(now))
    }

    fn next_cancelled(&self) -> Option<RunId> {
        self.shared.quietly(|state, _| state.scheduler.take_cancelled())
    }
}
