use std::sync::Arc;
use std::time::Duration;

use periodic::pass::{PassError, PeriodicTasks, RaiseOnError};
use periodic::scheduler::{TaskState, TaskStatus};
use periodic::task::ScheduleSpec;
use periodic::time::{Instant, ManualClock};
use periodic::{PeriodicManager, Settings};

use crate::finish::finish;

/// A manager's tasks under a clock that the test moves, as the originals do with a mocked `now`.
pub(super) struct UnderTest<M: PeriodicManager<Owner = (), Context = ()>> {
    pub(super) tasks: PeriodicTasks<M, Arc<ManualClock>>,
    clock: Arc<ManualClock>,
}

impl<M: PeriodicManager<Owner = (), Context = ()>> UnderTest<M> {
    /// The tasks of `manager`, created `secs` after the clock's start.
    pub(super) fn at(secs: i64, manager: M) -> Self {
        let clock = Arc::new(ManualClock::at(Instant::from_secs(secs)));
        let settings = Settings::new().run_external_periodic_tasks(true);
        Self { tasks: PeriodicTasks::new(manager, Arc::clone(&clock), &settings).unwrap(), clock }
    }

    pub(super) fn advance(&self, secs: u64) {
        self.clock.advance(Duration::from_secs(secs));
    }

    /// Runs a pass; the answer is the idle time in seconds.
    pub(super) fn run_periodic_tasks(&mut self) -> u64 {
        let idle = finish(self.tasks.run_periodic_tasks(&(), RaiseOnError::No)).unwrap();
        assert_eq!(idle.subsec_nanos(), 0);
        idle.as_secs()
    }

    pub(super) fn run_and_raise(&mut self) -> Result<Duration, PassError> {
        finish(self.tasks.run_periodic_tasks(&(), RaiseOnError::Yes))
    }

    /// The originals' `_periodic_tasks`: the rows that are not left out.
    pub(super) fn collected(&self) -> Vec<TaskStatus> {
        let mut all = self.tasks.status();
        all.retain(|status| !matches!(status.state, TaskState::LeftOut(_)));
        all
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.collected().iter().map(|status| status.name().task().to_owned()).collect()
    }

    /// The spacings in seconds, in table order.
    pub(super) fn spacings(&self) -> Vec<u64> {
        let spacing = |status: &TaskStatus| match status.task.spec().schedule {
            ScheduleSpec::Every { interval, .. } => interval.spacing().unwrap().as_duration().as_secs(),
            schedule => panic!("no spacing: {schedule}"),
        };
        self.collected().iter().map(spacing).collect()
    }

    /// Where the last run of the first task lies on its grid; `None` while no slot was decided.
    pub(super) fn last_run(&self) -> Option<Instant> {
        self.collected()[0].last_slot.map(|slot| slot.at)
    }
}
