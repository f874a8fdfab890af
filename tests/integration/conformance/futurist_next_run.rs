use periodic::scheduler::{Scheduler, SchedulerOptions};
use periodic::task::{Ended, Next, Task, TaskName, TaskSpec};
use periodic::time::{Instant, Now, Timestamp};
use serde::Deserialize;

use super::seconds::Seconds;
use super::vector::Vector;

/// Floats of the original against whole nanoseconds here.
const TOLERANCE: f64 = 1e-9;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    strategy: Strategy,
    spacing: Seconds,
    started_at: Seconds,
    finished_at: Seconds,
    next_run: f64,
    initial_from: Seconds,
    initial: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Strategy {
    LastStarted,
    LastFinished,
    AlignedLastFinished,
}

impl Row {
    fn spec(&self) -> TaskSpec {
        let spec = TaskSpec::new("task").every(self.spacing.interval());
        match self.strategy {
            Strategy::LastStarted => spec,
            Strategy::LastFinished => spec.from_finish(),
            // The original aligns to the multiples of its monotonic clock; here both clocks show the same.
            Strategy::AlignedLastFinished => spec.align(),
        }
    }

    /// The first slot of a task that is added then.
    fn initial(&self) -> f64 {
        let mut scheduler = of(self.spec(), self.initial_from.instant());
        next(&mut scheduler, self.initial_from.instant())
    }

    /// The slot after a run.
    fn next_run(&self) -> f64 {
        let (started, finished) = (self.started_at.instant(), self.finished_at.instant());
        let mut scheduler = of(self.spec().run_immediately(), started);
        let _ = scheduler.poll(now(started));
        let run = scheduler.start_next(now(started)).expect("it runs immediately");
        scheduler.finished(run.id, Ended::Ok(Next::OnSchedule), now(finished));
        next(&mut scheduler, finished)
    }
}

fn of(spec: TaskSpec, at: Instant) -> Scheduler {
    let mut scheduler = Scheduler::empty(SchedulerOptions::default(), now(at));
    scheduler.add(Task::new(TaskName::new("M", "task").unwrap(), spec), now(at)).expect("the row's own task");
    scheduler
}

fn now(at: Instant) -> Now {
    Now::new(at, Timestamp::from_nanos(at.as_nanos()))
}

fn next(scheduler: &mut Scheduler, at: Instant) -> f64 {
    secs(scheduler.status(now(at))[0].next.expect("it is idle").at)
}

/// Exact enough: recorded times are minutes.
#[allow(clippy::cast_precision_loss)]
fn secs(at: Instant) -> f64 {
    at.as_nanos() as f64 / 1e9
}

fn equal(one: f64, other: f64) -> bool {
    (one - other).abs() <= TOLERANCE
}

impl Vector for Row {
    fn replay(&self) -> Result<(), String> {
        let initial = self.initial();
        // An aligned task begins on the grid here; the original's only from its second run on.
        if self.strategy != Strategy::AlignedLastFinished && !equal(initial, self.initial) {
            return Err(format!("the first slot here is {initial}"));
        }
        let (next, recorded) = (self.next_run(), self.next_run);
        let finished = secs(self.finished_at.instant());
        let spacing = secs(Instant::from_nanos(self.spacing.interval().as_nanos()));
        let met = match self.strategy {
            // Slots that pass while a run is going are overlaps here; the original catches up with the oldest. Both
            // lie on one grid.
            Strategy::LastStarted if recorded < finished - TOLERANCE => {
                let steps = (next - recorded) / spacing;
                (steps - steps.round()).abs() < 1e-6 && (finished..finished + spacing).contains(&next)
            }
            // A slot at the very instant at which a run ends is due here; the original takes the one after it, but
            // for artefacts of its floats.
            Strategy::AlignedLastFinished if equal(next, finished) => {
                equal(recorded, next) || equal(recorded, next + spacing)
            }
            _ => equal(next, recorded),
        };
        if met { Ok(()) } else { Err(format!("the next slot here is {next}")) }
    }
}
