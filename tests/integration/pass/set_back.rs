//! A pass whose wall clock is set back.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use periodic::pass::{PeriodicTasks, RaiseOnError};
use periodic::task::{Cron, Interval, Run, TaskName, TaskSpec, Window};
use periodic::time::{Instant, ManualClock, Now, Timestamp};
use periodic::{Settings, periodic_manager};

use crate::finish::finish;

struct Manager;

#[periodic_manager]
impl Manager {}

/// 2026-03-01T15:00:00Z.
const THREE: i64 = 1_772_377_200;

struct Service {
    tasks: PeriodicTasks<Manager, Arc<ManualClock>>,
    clock: Arc<ManualClock>,
    windows: Arc<Mutex<Vec<Window>>>,
}

impl Service {
    /// A service of one task, whose wall clock shows this number of seconds.
    fn of(spec: TaskSpec, wall: i64) -> Self {
        let clock = Arc::new(ManualClock::default());
        clock.set(Now::new(Instant::from_secs(1_000), Timestamp::from_secs(wall)));
        let mut tasks = PeriodicTasks::new(Manager, Arc::clone(&clock), &Settings::default()).unwrap();
        let windows: Arc<Mutex<Vec<_>>> = Arc::default();
        let noted = Arc::clone(&windows);
        let note = move |_: &Manager, (): &(), run: &Run| noted.lock().unwrap().push(run.window());
        tasks.add_periodic_task(TaskName::new("Manager", spec.name).unwrap(), spec, note).unwrap();
        Self { tasks, clock, windows }
    }

    /// Passes follow each other at their requested times, for this number of seconds.
    fn goes_on(&mut self, seconds: u64) {
        let mut left = Duration::from_secs(seconds);
        while !left.is_zero() {
            let idle = finish(self.tasks.run_periodic_tasks(&(), RaiseOnError::Yes)).unwrap();
            let idle = idle.min(left);
            self.clock.advance(idle);
            left -= idle;
        }
    }

    fn slots(&self) -> Vec<String> {
        self.windows.lock().unwrap().iter().map(|window| window.end.to_string()).collect()
    }
}

#[test]
fn a_clock_that_is_set_right_starts_schedules_afresh() {
    let cron = TaskSpec::new("work").cron(Cron::parse("* * * * *").unwrap());
    let align = TaskSpec::new("work").every(Interval::from_secs(60)).align();
    for spec in [cron, align] {
        let mut service = Service::of(spec, THREE + 10 * 8_766 * 3_600 + 10);
        service.goes_on(5);
        service.clock.set_wall(Timestamp::from_secs(THREE + 80));
        service.goes_on(3_595);
        let slots = service.slots();
        assert_eq!((slots.len(), &*slots[0]), (60, "2026-03-01T15:02:00Z"));
        let told = service.tasks.take_clock_set_back().unwrap();
        assert!(told.is_correction, "{told:?}");
        assert_eq!((told.tasks, told.go_on[0].1.to_string()), (1, "2026-03-01T15:02:00Z".into()));
        assert_eq!(service.tasks.take_clock_set_back(), None);
    }
}

#[test]
fn a_window_is_as_long_as_it_really_was() {
    let mut service = Service::of(TaskSpec::new("work").every(Interval::from_secs(2)), THREE);
    service.goes_on(5);
    service.clock.set_wall(Timestamp::from_secs(THREE + 5 - 3_600));
    service.goes_on(4);
    // By less than lies between two slots, so that times go on nevertheless.
    service.clock.set_wall(Timestamp::from_secs(THREE + 9 - 3_600 - 1));
    service.goes_on(3);
    let windows = service.windows.lock().unwrap();
    let seconds = |time: Timestamp| time.as_nanos() / 1_000_000_000 - THREE;
    let windows: Vec<_> =
        windows.iter().map(|window| (window.start.map(seconds), seconds(window.end))).collect();
    let expected =
        [(None, 2), (Some(2), 4), (Some(-3_596), -3_594), (Some(-3_594), -3_592), (Some(-3_593), -3_591)];
    assert_eq!(windows[..5], expected);
}
