//! A pass whose steps the caller takes.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use periodic::pass::{PeriodicTasks, RaiseOnError};
use periodic::task::{Cancellation, Outcome};
use periodic::time::{Instant, ManualClock};
use periodic::{Settings, periodic_manager, periodic_task};

use crate::finish::finish;

struct Manager;

#[periodic_manager]
impl Manager {
    #[periodic_task(spacing = 60)]
    fn first(&self) {}

    #[periodic_task(spacing = 60)]
    fn second(&self) {}
}

fn due() -> PeriodicTasks<Manager, Arc<ManualClock>> {
    let clock = Arc::new(ManualClock::at(Instant::ZERO));
    let tasks = PeriodicTasks::new(Manager, Arc::clone(&clock), &Settings::default()).unwrap();
    clock.advance(Duration::from_secs(60));
    tasks
}

#[test]
fn dropping_a_pass_cancels_the_runs_whose_end_was_not_reported_and_no_other() {
    let mut tasks = due();
    let mut pass = tasks.begin_pass();
    let (first, second) = (pass.start_next().unwrap(), pass.start_next().unwrap());
    assert!(pass.start_next().is_none());
    let tokens: [Cancellation; 2] = [&first, &second].map(|run| run.start().cancellation.clone());
    pass.ended(first.run_blocking(&())).unwrap();
    drop(pass);
    assert_eq!(tokens.each_ref().map(Cancellation::is_cancelled), [false, true]);
    let ends: Vec<_> = tasks.records().iter().map(|record| (record.name().task(), &record.outcome)).collect();
    assert_eq!(ends, [("first", &Outcome::Ok), ("second", &Outcome::Cancelled)]);
    drop(second);
}

#[test]
fn the_records_of_a_pass_are_asked_for_while_it_goes() {
    let mut tasks = due();
    let mut pass = tasks.begin_pass();
    assert!(pass.records().is_empty());
    for expected in 1..=2 {
        let run = pass.start_next().unwrap();
        pass.ended(run.run_blocking(&())).unwrap();
        assert_eq!(pass.records().len(), expected);
    }
    assert_eq!(pass.records()[1].name().task(), "second");
    assert_eq!(pass.idle(), Duration::from_secs(60));
}

struct Failing;

#[periodic_manager]
impl Failing {
    #[periodic_task(spacing = 60)]
    fn fails(&self) -> Result<(), &'static str> {
        Err("the disk is full")
    }
}

/// An error of the pass has the task's own as its source.
#[test]
fn the_cause_of_a_pass_error_is_the_task_s_error() {
    let clock = Arc::new(ManualClock::at(Instant::ZERO));
    let mut tasks = PeriodicTasks::new(Failing, Arc::clone(&clock), &Settings::default()).unwrap();
    clock.advance(Duration::from_secs(60));
    let error = finish(tasks.run_periodic_tasks(&(), RaiseOnError::Yes)).unwrap_err();
    assert_eq!(error.source().unwrap().to_string(), "the disk is full");
    let mut timed_out = error;
    timed_out.outcome = Outcome::TimedOut;
    assert!(timed_out.source().is_none());
}
