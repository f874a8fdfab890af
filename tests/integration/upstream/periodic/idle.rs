//! `ManagerTestCase`: how long a pass says to sleep.

use periodic::task::FirstRun;
use periodic::time::Instant;
use periodic::{periodic_manager, periodic_task};

use super::under_test::UnderTest;

/// A tenth of the original's `t0`, the year 3000: nanoseconds in 64 bits end after 292 years, and the year of
/// the boot-time clock does not matter here.
const T0: i64 = 3_250_368_000;

fn after(secs: i64) -> Instant {
    Instant::from_secs(T0 + secs)
}

/// Each of the original's classes is called `Manager` and has one method `bar`.
macro_rules! manager {
    ($name:ident, $($argument:tt)+) => {
        struct $name;

        #[periodic_manager]
        impl $name {
            #[periodic_task($($argument)+)]
            fn bar(&self) {}
        }
    };
}

manager!(Idle, spacing = 200);
manager!(Constant, spacing = 0);
manager!(Calculated, spacing = 10);
manager!(Immediate, spacing = 10, run_immediately);
manager!(Disabled, spacing = -1);
manager!(External, spacing = 200, external_process_ok);

#[test]
fn test_periodic_tasks_with_idle() {
    let mut manager = UnderTest::at(340, Idle);
    assert_eq!(manager.names(), ["bar"]);
    assert_eq!(manager.run_periodic_tasks(), 60);
}

#[test]
fn test_periodic_tasks_constant() {
    assert_eq!(UnderTest::at(340, Constant).run_periodic_tasks(), 60);
}

#[test]
fn test_periodic_tasks_idle_calculation() {
    let mut manager = UnderTest::at(T0, Calculated);
    let bar = manager.collected().remove(0);
    let spec = bar.task.spec();
    assert_eq!((bar.name().task(), manager.spacings()), ("bar", vec![10]));
    assert_eq!((spec.enabled, spec.external_process_ok, spec.first), (true, false, FirstRun::AfterSpacing));
    // The original writes the start down as a last run; here no slot was decided yet.
    assert_eq!(bar.last_slot, None);
    assert_eq!(bar.next.map(|slot| slot.at), Some(after(10)));

    manager.advance(5);
    assert_eq!(manager.run_periodic_tasks(), 5);
    assert_eq!(manager.last_run(), None);

    manager.advance(5);
    assert_eq!(manager.run_periodic_tasks(), 10);
    assert_eq!(manager.last_run(), Some(after(10)));
}

#[test]
fn test_periodic_tasks_immediate_runs_now() {
    let mut manager = UnderTest::at(T0, Immediate);
    assert_eq!(manager.last_run(), None);
    assert_eq!(manager.run_periodic_tasks(), 10);
    assert_eq!(manager.last_run(), Some(after(0)));
    manager.advance(5);
    assert_eq!(manager.run_periodic_tasks(), 5);
}

#[test]
fn test_periodic_tasks_disabled() {
    let mut manager = UnderTest::at(340, Disabled);
    assert_eq!(manager.run_periodic_tasks(), 60);
    assert_eq!(manager.names(), [""; 0]);
}

#[test]
fn test_external_running_here() {
    assert_eq!(UnderTest::at(340, External).names(), ["bar"]);
}
