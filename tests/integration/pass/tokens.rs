//! The token of a run is its own, also where the pass uses an old one again.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use periodic::pass::{PeriodicTasks, RaiseOnError};
use periodic::task::{Cancellation, Run};
use periodic::time::{Instant, ManualClock};
use periodic::{Settings, periodic_manager, periodic_task};

use crate::finish::finish;

#[derive(Default)]
struct Manager {
    kept: Mutex<Vec<Cancellation>>,
}

#[periodic_manager]
impl Manager {
    /// Keeps its token and uses it.
    #[periodic_task(spacing = 60)]
    fn keeps(&self, run: &Run) {
        run.progress("half");
        self.kept.lock().unwrap().push(run.cancellation().clone());
    }

    #[periodic_task(spacing = 60)]
    fn cancels_all_kept(&self, run: &Run) {
        for kept in &*self.kept.lock().unwrap() {
            kept.cancel();
        }
        assert!(!run.is_cancelled(), "the token of another run was cancelled");
    }

    #[periodic_task(spacing = 60)]
    fn comes_last(&self, run: &Run) {
        assert!(!run.is_cancelled(), "the token of another run was cancelled");
    }
}

#[test]
fn a_token_that_a_run_kept_is_no_other_run_s() {
    let clock = Arc::new(ManualClock::at(Instant::ZERO));
    let mut tasks = PeriodicTasks::new(Manager::default(), Arc::clone(&clock), &Settings::default()).unwrap();
    for _ in 0..2 {
        clock.advance(Duration::from_secs(60));
        finish(tasks.run_periodic_tasks(&(), RaiseOnError::Yes)).unwrap();
    }
    let kept = tasks.manager().kept.lock().unwrap();
    assert_eq!(kept.iter().filter(|token| token.is_cancelled()).count(), 2);
}
