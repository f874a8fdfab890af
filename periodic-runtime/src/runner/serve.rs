use super::Runner;
use super::batch::{Batch, Next};
use super::lane::{Lane, Turn};
use super::runs::Runs;

impl Runner {
    /// Starts what is due, again and again, until the service is being stopped and nothing is going.
    pub(super) async fn serve(&self, runs: &mut Runs) {
        let turn = Turn::default();
        let mut lanes: Vec<Option<Lane<'_>>> = self.parts.iter().map(|_| None).collect();
        loop {
            // Where runs end as fast as they start, nothing below waits; a stop must be heard nevertheless.
            tokio::task::coop::consume_budget().await;
            self.shared.pulse.beat();
            let now = self.shared.clock.now();
            let mut batch = Batch::begin(now);
            let Some((mut next, running)) = self.shared.locked(|state| {
                let _ = state.scheduler.poll(now);
                let running = state.scheduler.running();
                let idle = state.stopping && running == 0;
                (!idle).then(|| (state.next(&mut batch, now), running))
            }) else {
                return;
            };
            runs.reap(running);
            while let Some(id) = self.shared.next_cancelled() {
                runs.abort(id);
            }
            let wake_at = loop {
                match next {
                    Next::Run(run) if run.is_inline() => {
                        let part = &self.parts[run.part()];
                        let lane = lanes[run.part()]
                            .get_or_insert_with(|| Lane::new(part.lane(&self.shared, &turn), &turn));
                        next = lane.run(run, &mut batch).await;
                    }
                    Next::Run(run) => {
                        self.parts[run.part()].launch(&self.shared, run, batch.read, runs);
                        next = self.shared.next(&mut batch);
                    }
                    Next::Yield => {
                        tokio::task::yield_now().await;
                        self.shared.pulse.beat();
                        batch = Batch::begin(self.shared.clock.now());
                        next = self.shared.next(&mut batch);
                    }
                    Next::Sleep(wake_at) => break wake_at,
                }
            };
            let sleep = self.shared.pulse.at_most(wake_at - self.shared.clock.now().boot);
            tokio::select! {
                () = tokio::time::sleep(sleep) => {}
                () = self.shared.wake.notified() => {}
            }
        }
    }
}
