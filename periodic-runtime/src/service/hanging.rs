use std::sync::Arc;
use std::time::Duration;

use periodic_core::scheduler::SlotRecord;
use periodic_core::task::{Interval, Slot, Task};
use tracing::warn;

use crate::catch_panic::catch_subscriber;
use crate::runner::{ActiveFor, Handle};

/// The time between two checks while a run is active.
const LOOK: Duration = Duration::from_secs(15);

/// A run hangs once it is active for more than `TIMES` times its spacing: ironic's rule. The spacing of a cron task is
/// the distance from the run's slot to the next.
const TIMES: u32 = 3;

/// Warns of each run that hangs, once while it hangs and once when it has ended. Runs until it is dropped.
pub(super) async fn watch(handle: Handle) {
    let mut hanging: Vec<(Arc<Task>, Slot)> = Vec::new();
    loop {
        // Never wakes an idle process.
        if hanging.is_empty() {
            handle.until_busy().await;
        }
        tokio::time::sleep(LOOK).await;
        let going = handle.going();
        hanging.retain(|(task, slot)| {
            let goes_on = going.iter().any(|going| going.is(task, *slot));
            if !goes_on {
                ended(&handle, task, *slot);
            }
            goes_on
        });
        for run in going {
            if let Some(elapsed) = run.elapsed
                && run.distance.is_some_and(|distance| elapsed > distance.saturating_mul(TIMES))
                && !hanging.iter().any(|(task, slot)| run.is(task, *slot))
            {
                warned(&run, elapsed);
                hanging.push((run.task, run.run.slot));
            }
        }
    }
}

impl ActiveFor {
    fn is(&self, task: &Task, slot: Slot) -> bool {
        self.task.name() == task.name() && self.run.slot == slot
    }
}

fn warned(run: &ActiveFor, elapsed: Duration) {
    let name = run.task.name();
    let (slot, elapsed) = (run.run.slot.scheduled.to_millis(), brief(elapsed));
    let progress = run.run.progress.as_deref();
    let (manager, task) = (name.manager(), name.task());
    catch_subscriber(
        || warn!(parent: None, manager, task, %slot, %elapsed, progress, "a run hangs: it takes more than three times its spacing"),
    );
}

fn ended(handle: &Handle, task: &Task, slot: Slot) {
    let record = handle.record_of(task, slot);
    let elapsed = record.as_ref().and_then(SlotRecord::elapsed).map(brief);
    let elapsed = elapsed.map(tracing::field::display);
    let outcome = record.as_ref().map(|record| record.outcome.label());
    let name = task.name();
    let (manager, task, slot) = (name.manager(), name.task(), slot.scheduled.to_millis());
    catch_subscriber(
        || warn!(parent: None, manager, task, %slot, elapsed, outcome, "a run that hung has ended"),
    );
}

/// Rounds down to whole seconds, which is enough for a run that hangs.
fn brief(elapsed: Duration) -> Interval {
    Interval::from_duration(Duration::from_secs(elapsed.as_secs()))
}
