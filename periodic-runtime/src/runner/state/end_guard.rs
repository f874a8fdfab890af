use std::ops::Deref;

use periodic_core::scheduler::RunId;
use periodic_core::task::Ended;
use periodic_core::time::Now;

use super::shared::{At, Shared};

/// A guard that reports a run as cancelled when it is dropped, so that a run that has started is reported exactly
/// once.
#[must_use = "dropping it ends the run"]
pub(in crate::runner) struct EndGuard<S: Deref<Target = Shared>> {
    shared: S,
    run: RunId,
    is_armed: bool,
    /// Whether the run's code has ended: from then on only a panic may drop this while it is armed.
    has_ended: bool,
}

impl<S: Deref<Target = Shared>> EndGuard<S> {
    pub(in crate::runner) fn new(shared: S, run: RunId) -> Self {
        Self { shared, run, is_armed: true, has_ended: false }
    }

    pub(in crate::runner) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// Notes that the run's code has ended.
    pub(in crate::runner) fn code_ended(&mut self) {
        self.has_ended = true;
    }

    /// Reports the run's end, after the clocks were `read`.
    pub(in crate::runner) fn end(mut self, ended: Ended, read: Now) {
        self.is_armed = false;
        let now = self.shared.now_after(read);
        self.shared.visit(At::Read(now), |state, now| state.end(self.run, ended, now));
    }

    /// Leaves it to the caller to report the run's end.
    #[must_use = "the run's end is to be reported"]
    pub(in crate::runner) fn disarm(mut self) -> RunId {
        self.is_armed = false;
        self.run
    }
}

impl<S: Deref<Target = Shared>> Drop for EndGuard<S> {
    fn drop(&mut self) {
        if self.is_armed {
            debug_assert!(!self.has_ended || std::thread::panicking(), "the end of a run is not reported");
            self.shared.cancel(self.run);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use periodic_core::scheduler::{Scheduler, SchedulerOptions};
    use periodic_core::settings::ServiceOptions;
    use periodic_core::task::{Task, TaskName, TaskSpec};

    use super::super::state::{Kept, Overrides};
    use super::*;
    use crate::SystemClock;

    /// The state of a runner with one task, whose first run has started.
    fn running() -> (Shared, RunId) {
        let clock = SystemClock::new();
        let mut scheduler = Scheduler::empty(SchedulerOptions::default(), Now::default());
        let name = TaskName::new("Manager", "poll").unwrap();
        scheduler.add(Task::new(name, TaskSpec::new("").run_immediately()), Now::default()).unwrap();
        let (kept, options) =
            (Kept { records: 8, events: 8 }, (ServiceOptions::default(), Overrides::default()));
        let shared =
            Shared::new(scheduler, (Arc::new(clock), Now::default()), kept, options, Box::new(|_| None));
        let run = shared.visit(At::Now, |state, now| {
            state.scheduler.driver().begin_grids(now);
            state.scheduler.driver().decide(now);
            let start = state.scheduler.driver().hand_out(now).unwrap();
            assert!(state.scheduler.driver().begin_run(start.id, now).is_some());
            start.id
        });
        (shared, run)
    }

    fn outcomes(shared: &Shared) -> Vec<&'static str> {
        let (first, end) = shared.visit(At::Now, |state, _| state.records_so_far());
        let records = shared.look(|state| state.history.page(first, end)).unwrap_or_default().0;
        records.iter().map(|record| record.outcome.label()).collect()
    }

    #[test]
    fn a_run_that_is_dropped_is_reported_once() {
        let (shared, run) = running();
        drop(EndGuard::new(&shared, run));
        assert_eq!(outcomes(&shared), ["cancelled"]);
        drop(EndGuard::new(&shared, run));
        assert_eq!(outcomes(&shared), ["cancelled"]);
    }

    #[test]
    fn one_whose_end_is_reported_is_not_cancelled() {
        let (shared, run) = running();
        assert_eq!(EndGuard::new(&shared, run).disarm(), run);
        assert_eq!(outcomes(&shared), [""; 0]);
        EndGuard::new(&shared, run).end(Ended::TimedOut, Now::default());
        assert_eq!(outcomes(&shared), ["timed_out"]);
    }

    #[test]
    #[cfg_attr(debug_assertions, should_panic(expected = "the end of a run is not reported"))]
    fn one_whose_code_has_ended_must_be_reported() {
        let (shared, run) = running();
        let mut guard = EndGuard::new(&shared, run);
        guard.code_ended();
    }
}
