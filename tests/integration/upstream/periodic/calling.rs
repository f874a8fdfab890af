//! `PeriodicTasksTestCase`: the runs of each pass.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Mutex;

use periodic::task::{Interval, Outcome, TaskError, TaskName, TaskSpec};
use periodic::{periodic_manager, periodic_task};

use super::under_test::UnderTest;

#[derive(Debug)]
struct AnException;

impl fmt::Display for AnException {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AnException")
    }
}

/// How often each task was called.
#[derive(Default)]
struct AService(Mutex<BTreeMap<&'static str, u32>>);

impl AService {
    fn count(&self, task: &'static str) {
        *self.0.lock().unwrap().entry(task).or_default() += 1;
    }

    fn called(&self) -> [u32; 6] {
        let counts = self.0.lock().unwrap();
        ["doit", "urg", "ticks", "tocks", "ext1", "ext2"].map(|task| counts.get(task).copied().unwrap_or(0))
    }
}

#[periodic_manager]
impl AService {
    #[periodic_task]
    fn doit(&self) {
        self.count("doit");
    }

    #[periodic_task]
    fn crashit(&self) -> Result<(), AnException> {
        self.count("urg");
        Err(AnException)
    }

    #[periodic_task(spacing = 70, run_immediately)]
    fn doit_with_ticks(&self) {
        self.count("ticks");
    }

    #[periodic_task(spacing = 70)]
    fn doit_with_tocks(&self) {
        self.count("tocks");
    }
}

fn added(service: &mut UnderTest<AService>, name: &'static str, spec: TaskSpec) {
    let name_in_full = TaskName::new("AService", name).unwrap();
    service.tasks.add_periodic_task(name_in_full, spec, move |manager, &(), _| manager.count(name)).unwrap();
}

#[test]
fn test_called_thrice() {
    let mut service = UnderTest::at(340, AService::default());
    added(&mut service, "ext1", TaskSpec::new("ext1").every(Interval::from_secs(60)));
    added(&mut service, "ext2", TaskSpec::new("ext2").every(Interval::from_secs(70)));
    for (advance, called) in [
        (0, [0, 0, 1, 0, 0, 0]),
        (60, [1, 1, 1, 0, 1, 0]),
        (30, [1, 1, 2, 1, 1, 1]),
        (60, [2, 2, 3, 2, 2, 2]),
    ] {
        service.advance(advance);
        service.run_periodic_tasks();
        assert_eq!(service.tasks.manager().called(), called, "{advance} s later");
    }
}

#[derive(Default)]
struct NinthSecond(Mutex<u32>);

#[periodic_manager]
impl NinthSecond {
    #[periodic_task(spacing = 9)]
    fn doit(&self) {
        *self.0.lock().unwrap() += 1;
    }
}

#[test]
fn test_called_correct() {
    let mut service = UnderTest::at(360_444, NinthSecond::default());
    for second in 0..200 {
        service.run_periodic_tasks();
        assert_eq!(*service.tasks.manager().0.lock().unwrap(), second / 9, "second {second}");
        service.advance(1);
    }
}

struct Raises;

#[periodic_manager]
impl Raises {
    #[periodic_task]
    fn crashit(&self) -> Result<(), AnException> {
        Err(AnException)
    }
}

#[test]
fn test_raises() {
    let mut service = UnderTest::at(340, Raises);
    service.advance(60);
    let error = service.run_and_raise().unwrap_err();
    assert_eq!(error.task.as_str(), "Raises.crashit");
    assert_eq!(error.outcome, Outcome::Failed(TaskError::new("AnException")));
}

struct Named;

#[periodic_manager]
impl Named {
    #[periodic_task(name = "better-name")]
    fn tick(&self) {}

    #[periodic_task]
    fn tack(&self) {}
}

#[test]
fn test_name() {
    let mut service = UnderTest::at(340, Named);
    let another = TaskName::new("Named", "another-name").unwrap();
    service.tasks.add_periodic_task(another, TaskSpec::new("another-name"), |_, &(), _| ()).unwrap();
    assert_eq!(service.names(), ["better-name", "tack", "another-name"]);
}
