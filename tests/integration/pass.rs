//! The sequential pass, beyond the original's.

mod dropped;
mod in_turn;
mod payloads;
mod set_back;
mod set_within;
mod steps;
mod timeouts;
mod tokens;
mod yielding;

use std::sync::Arc;
use std::time::Duration;

use periodic::pass::{PeriodicTasks, RaiseOnError};
use periodic::task::{Outcome, Run, TaskError};
use periodic::time::{Instant, ManualClock};
use periodic::{Settings, periodic_manager, periodic_task};

use crate::finish::finish;

struct Manager;

#[periodic_manager]
impl Manager {
    #[periodic_task(spacing = 60, retry(attempts = 3, backoff = "5s".."10s"))]
    async fn fails(&self, run: &Run) -> Result<(), String> {
        Err(format!("attempt {}", run.attempt()))
    }
}

/// A pass does not sleep: it says when the next attempt is due, and only the last one's failure is raised.
#[test]
fn a_retry_runs_in_the_pass_at_which_it_is_due() {
    let clock = Arc::new(ManualClock::at(Instant::ZERO));
    let mut tasks = PeriodicTasks::new(Manager, Arc::clone(&clock), &Settings::default()).unwrap();
    clock.advance(Duration::from_secs(60));
    for idle in [5, 10] {
        assert_eq!(finish(tasks.run_periodic_tasks(&(), RaiseOnError::Yes)), Ok(Duration::from_secs(idle)));
        assert!(tasks.records().is_empty());
        clock.advance(Duration::from_secs(idle));
    }
    let error = finish(tasks.run_periodic_tasks(&(), RaiseOnError::Yes)).unwrap_err();
    assert_eq!(error.outcome, Outcome::Failed(TaskError::new("attempt 3")));
    assert_eq!(tasks.records()[0].attempted(), 3);
    assert_eq!(finish(tasks.run_periodic_tasks(&(), RaiseOnError::No)), Ok(Duration::from_secs(45)));
}

#[test]
fn a_pass_that_comes_too_late_for_a_retry_runs_the_next_slot() {
    let clock = Arc::new(ManualClock::at(Instant::ZERO));
    let mut tasks = PeriodicTasks::new(Manager, Arc::clone(&clock), &Settings::default()).unwrap();
    for _ in 0..2 {
        clock.advance(Duration::from_secs(60));
        finish(tasks.run_periodic_tasks(&(), RaiseOnError::Yes)).unwrap();
    }
    assert_eq!(tasks.records().len(), 1);
    let record = &tasks.records()[0];
    assert_eq!((&record.outcome, record.attempted()), (&Outcome::Failed(TaskError::new("attempt 1")), 1));
}
