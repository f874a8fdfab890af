use std::sync::{Arc, Mutex, PoisonError};

use periodic::manager::{Call, Collector, Given};
use periodic::pass::{PeriodicTasks, RaiseOnError};
use periodic::scheduler::{TaskState, TaskStatus};
use periodic::task::{Ended, LeftOut, Next, TaskError, TaskSpec};
use periodic::time::{ManualClock, Now, Timestamp};
use periodic::{PeriodicManager, Settings};

use super::seconds::Seconds;
use crate::finish::finish;

/// One row of a recorded table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) spec: TaskSpec,
    pub(super) fails: bool,
}

/// A recorded name as a declaration holds it. It is never given back: declarations are static, and a replay
/// reads each name once.
pub(super) fn declared(name: &str) -> &'static str {
    name.to_owned().leak()
}

/// A manager whose rows come from a file.
struct Recorded {
    rows: Vec<Row>,
    ran: Mutex<Vec<String>>,
}

impl PeriodicManager for Recorded {
    type Context = ();
    type Owner = ();

    fn collect(&self, collector: &mut Collector) {
        collector.manager("Recorded");
        collector.tasks(&self.rows.iter().map(|row| row.spec).collect::<Vec<_>>());
    }

    fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
        let found = row.first().and_then(|index| self.rows.get(usize::try_from(*index).ok()?));
        let Some(Row { spec, fails }) = found else { return Call::unknown_row("Recorded", row) };
        self.ran.lock().unwrap_or_else(PoisonError::into_inner).push(spec.name.into());
        Call::Ready(if *fails {
            Ended::Failed(TaskError::new("as recorded"))
        } else {
            Ended::Ok(Next::OnSchedule)
        })
    }
}

/// A service of recorded tasks under a clock that stands still during a pass.
pub(super) struct Service {
    tasks: PeriodicTasks<Recorded, Arc<ManualClock>>,
    clock: Arc<ManualClock>,
    start: Seconds,
}

/// The effects of one pass.
pub(super) struct Pass {
    pub(super) ran: Vec<String>,
    pub(super) idle: Seconds,
}

impl Service {
    pub(super) fn new(rows: Vec<Row>, start: Seconds, run_external: bool) -> Result<Self, String> {
        let clock = Arc::new(ManualClock::at(start.instant()));
        let settings = Settings::new().run_external_periodic_tasks(run_external);
        let manager = Recorded { rows, ran: Mutex::default() };
        let tasks =
            PeriodicTasks::new(manager, Arc::clone(&clock), &settings).map_err(|error| error.to_string())?;
        Ok(Self { tasks, clock, start })
    }

    pub(super) fn pass(&mut self, now: Seconds) -> Result<Pass, String> {
        self.clock.set(Now::new(now.instant(), Timestamp::from_nanos(now.instant().as_nanos())));
        let idle = finish(self.tasks.run_periodic_tasks(&(), RaiseOnError::No));
        let idle = idle.map_err(|error| error.to_string())?.into();
        let ran =
            core::mem::take(&mut *self.tasks.manager().ran.lock().unwrap_or_else(PoisonError::into_inner));
        Ok(Pass { ran, idle })
    }

    /// The rows that the original keeps: it drops the negative and the disabled ones, and passes over the
    /// external ones at each pass.
    pub(super) fn collected(&self) -> Vec<String> {
        let kept = |status: &TaskStatus| {
            !matches!(status.state, TaskState::LeftOut(LeftOut::Negative | LeftOut::Disabled))
        };
        self.tasks.status().iter().filter(|status| kept(status)).map(name).collect()
    }

    /// The last run of every row that runs here, in the original's sense: on the grid, and the start where
    /// nothing was decided yet.
    pub(super) fn last_runs(&self) -> Vec<(String, Seconds)> {
        let active = |status: &TaskStatus| !matches!(status.state, TaskState::LeftOut(_));
        let last_run = |status: &TaskStatus| status.last_slot.map_or(self.start, |slot| slot.at.into());
        let all = self.tasks.status();
        all.iter().filter(|status| active(status)).map(|status| (name(status), last_run(status))).collect()
    }
}

fn name(status: &TaskStatus) -> String {
    status.name().task().into()
}
