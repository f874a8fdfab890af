//! A sequential pass that ends in the middle of a run.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::time::Duration;

use periodic::pass::{PeriodicTasks, RaiseOnError};
use periodic::scheduler::TaskStatus;
use periodic::task::{Cancellation, Outcome, Run};
use periodic::time::{Clock, Instant, ManualClock, Now};
use periodic::{Settings, periodic_manager, periodic_task};

use crate::finish::finish;

#[derive(Default)]
struct Manager {
    kept: Arc<Mutex<Option<Cancellation>>>,
    hangs: Arc<AtomicBool>,
}

#[periodic_manager]
impl Manager {
    #[periodic_task(spacing = 60)]
    async fn hangs(&self, run: &Run) {
        *self.kept.lock().unwrap() = Some(run.cancellation().clone());
        if self.hangs.load(Ordering::Relaxed) {
            run.cancelled().await;
        }
    }

    #[periodic_task(spacing = 60)]
    async fn comes_after(&self) {}
}

/// Reads the time, until it is broken.
#[derive(Default)]
struct Breakable {
    time: ManualClock,
    breaks: Arc<AtomicBool>,
}

impl Clock for Breakable {
    fn now(&self) -> Now {
        assert!(!self.breaks.load(Ordering::Relaxed), "the clock is broken");
        self.time.now()
    }
}

fn outcomes(tasks: &PeriodicTasks<Manager, Arc<Breakable>>) -> Vec<(&str, &Outcome)> {
    tasks.records().iter().map(|record| (record.name().task(), &record.outcome)).collect()
}

#[test]
fn what_the_run_has_spawned_is_told_to_end_and_no_later_run_is() {
    let (manager, clock) = (Manager::default(), Arc::new(Breakable::default()));
    let (kept, hangs) = (Arc::clone(&manager.kept), Arc::clone(&manager.hangs));
    let mut tasks = PeriodicTasks::new(manager, Arc::clone(&clock), &Settings::default()).unwrap();
    clock.time.advance(Duration::from_secs(60));
    hangs.store(true, Ordering::Relaxed);
    {
        let pass = pin!(tasks.run_periodic_tasks(&(), RaiseOnError::No));
        assert!(pass.poll(&mut Context::from_waker(Waker::noop())).is_pending());
        assert!(!kept.lock().unwrap().as_ref().unwrap().is_cancelled());
    }
    assert!(kept.lock().unwrap().take().unwrap().is_cancelled());
    assert_eq!(outcomes(&tasks), [("hangs", &Outcome::Cancelled)]);
    hangs.store(false, Ordering::Relaxed);
    clock.time.advance(Duration::from_secs(60));
    finish(tasks.run_periodic_tasks(&(), RaiseOnError::Yes)).unwrap();
    assert!(!kept.lock().unwrap().take().unwrap().is_cancelled());
    assert_eq!(clock.time.now().boot, Instant::from_secs(120));
}

#[test]
fn a_pass_that_is_leaked_is_told_of_by_the_next_one() {
    let (manager, clock) = (Manager::default(), Arc::new(Breakable::default()));
    let (kept, hangs) = (Arc::clone(&manager.kept), Arc::clone(&manager.hangs));
    let mut tasks = PeriodicTasks::new(manager, Arc::clone(&clock), &Settings::default()).unwrap();
    clock.time.advance(Duration::from_secs(60));
    hangs.store(true, Ordering::Relaxed);
    let mut pass = Box::pin(tasks.run_periodic_tasks(&(), RaiseOnError::No));
    assert!(pass.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    std::mem::forget(pass);
    let names =
        |status: Vec<TaskStatus>| status.iter().map(|task| task.name().to_string()).collect::<Vec<_>>();
    assert_eq!(names(tasks.status()), ["Manager.hangs", "Manager.comes_after"]);
    hangs.store(false, Ordering::Relaxed);
    clock.time.advance(Duration::from_secs(1));
    finish(tasks.run_periodic_tasks(&(), RaiseOnError::Yes)).unwrap();
    assert_eq!(outcomes(&tasks), [("hangs", &Outcome::Cancelled), ("comes_after", &Outcome::Ok)]);
    assert!(kept.lock().unwrap().take().unwrap().is_cancelled());
    assert_eq!(names(tasks.status()), ["Manager.hangs", "Manager.comes_after"]);
}

/// One panic, that of the clock: a second one during it would end the process.
#[test]
fn a_clock_that_panics_cancels_the_run_at_hand() {
    let (manager, clock) = (Manager::default(), Arc::new(Breakable::default()));
    let breaks = Arc::clone(&clock.breaks);
    let mut tasks = PeriodicTasks::new(manager, Arc::clone(&clock), &Settings::default()).unwrap();
    clock.time.advance(Duration::from_secs(60));
    let breaking = move |_: &Manager, (): &(), _: &Run| breaks.store(true, Ordering::Relaxed);
    let name = periodic::task::TaskName::new("Manager", "breaks").unwrap();
    let spec = periodic::task::TaskSpec::new("breaks").run_immediately();
    tasks.add_periodic_task(name, spec, breaking).unwrap();
    let pass = AssertUnwindSafe(|| finish(tasks.run_periodic_tasks(&(), RaiseOnError::No)));
    assert!(catch_unwind(pass).is_err());
    clock.breaks.store(false, Ordering::Relaxed);
    assert_eq!(outcomes(&tasks).last(), Some(&("breaks", &Outcome::Cancelled)));
}
