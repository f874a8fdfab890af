//! A wall clock that is set back while a pass is going.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use periodic::pass::{PeriodicTasks, RaiseOnError};
use periodic::task::{Cron, Run, TaskName, TaskSpec};
use periodic::time::{Instant, ManualClock, Now, Timestamp};
use periodic::{Settings, periodic_manager};

use crate::finish::finish;

struct Manager;

#[periodic_manager]
impl Manager {}

/// 2026-03-01T15:00:00Z.
const THREE: i64 = 1_772_377_200;
const HOUR: i64 = 3_600;

/// Returns the slots of three tasks that run every ten minutes. In its run for 15:10 the second one sets the clock back by
/// `back` seconds.
fn slots(back: i64) -> [Vec<String>; 3] {
    let clock = Arc::new(ManualClock::default());
    clock.set(Now::new(Instant::from_secs(1_000), Timestamp::from_secs(THREE)));
    let mut tasks = PeriodicTasks::new(Manager, Arc::clone(&clock), &Settings::default()).unwrap();
    let slots: Arc<Mutex<[Vec<String>; 3]>> = Arc::default();
    for number in 0..3 {
        let (noted, clock) = (Arc::clone(&slots), Arc::clone(&clock));
        let note = move |_: &Manager, (): &(), run: &Run| {
            let slot = run.slot().scheduled;
            noted.lock().unwrap()[number].push(slot.to_string()[11..16].to_owned());
            if number == 1 && slot == Timestamp::from_secs(THREE + 600) {
                clock.set_wall(Timestamp::from_secs(THREE + 620 - back));
            }
        };
        let spec = TaskSpec::new("").cron(Cron::parse("*/10 * * * *").unwrap());
        let name = TaskName::new("Manager", &format!("task_{number}")).unwrap();
        tasks.add_periodic_task(name, spec, note).unwrap();
    }
    for _ in 0..60 {
        finish(tasks.run_periodic_tasks(&(), RaiseOnError::Yes)).unwrap();
        clock.advance(Duration::from_secs(60));
    }
    drop(tasks);
    Arc::into_inner(slots).unwrap().into_inner().unwrap()
}

#[test]
fn tasks_that_come_later_in_the_pass_go_on_as_those_before() {
    let afresh = ["15:10", "11:20", "11:30", "11:40", "11:50"];
    let [before, sets, after] = slots(4 * HOUR);
    assert_eq!([&before[..], &sets], [&afresh; 2]);
    assert_eq!(after, before);
    // Half an hour back: those before the start were never decided.
    let [before, sets, after] = slots(HOUR / 2);
    assert_eq!((&sets, &after), (&before, &before));
}
