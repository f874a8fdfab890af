use std::collections::BTreeMap;

use periodic::scheduler::{Scheduler, StatusTable};
use periodic::service::ServiceIdentity;
use periodic::table::{TableProblem, TaskTable};
use periodic::task::{Task, TaskName, TaskSpec};
use periodic::time::Now;
use periodic::{ErrorKind, Service, Settings, periodic_manager, periodic_task};

use super::{bad_names, is_harmless};

struct Device;

#[periodic_manager]
impl Device {
    #[periodic_task(spacing = 60)]
    async fn poll(&self) {}
}

#[derive(Default)]
struct Fleet {
    devices: BTreeMap<String, Device>,
}

#[periodic_manager(include(devices))]
impl Fleet {}

#[test]
fn code_makes_no_bad_name() {
    for name in bad_names() {
        let error = TaskName::new("Fleet", &name).unwrap_err().to_string();
        assert!(is_harmless(&error) && error.len() < 1_000, "{error}");
        assert_eq!(TaskName::new(&name, "poll").is_ok(), name.is_empty(), "only a manager may be left out");
    }
    let longest = "x".repeat(255);
    let name = TaskName::new(&longest, &longest).unwrap();
    assert_eq!((name.manager(), name.task()), (longest.as_str(), longest.as_str()));
}

#[test]
fn a_container_s_key_is_a_name() {
    for key in bad_names().into_iter().filter(|key| !key.is_empty()) {
        let fleet = Fleet { devices: [(key, Device), ("17".to_owned(), Device)].into() };
        let error = TaskTable::of(&fleet, &Settings::default()).unwrap_err();
        assert!(matches!(error.problems(), [TableProblem::Name { .. }]), "{error}");
        assert!(is_harmless(&error.to_string()) && error.to_string().len() < 1_000, "{error}");
    }
}

#[test]
fn a_service_is_not_built_under_a_bad_name() {
    for name in bad_names() {
        for builder in
            [Service::builder(Device).host(name.clone()), Service::builder(Device).binary(name.clone())]
        {
            let error = builder.build().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Settings, "{error}");
            assert!(is_harmless(&error.to_string()), "{error}");
        }
        let shown = ServiceIdentity::new(name.clone(), name).to_string();
        assert!(is_harmless(&shown) && shown.len() < 1_000, "{shown}");
    }
    Service::builder(Device).host("node-1").binary("nova-compute").build().unwrap();
}

#[test]
fn a_table_for_a_terminal_is_one_line_for_each_task() {
    let mut scheduler = Scheduler::empty(periodic::scheduler::SchedulerOptions::default(), Now::default());
    let name = TaskName::new("Fleet", "poll").unwrap();
    scheduler.add(Task::new(name, TaskSpec::new("poll").run_immediately()), Now::default()).unwrap();
    let _ = scheduler.poll(Now::default());
    let start = scheduler.start_next(Now::default()).unwrap();
    let forged = periodic::task::TaskError::new("\u{1b}[2Jall is well\u{202e}\r");
    let _ = scheduler.finished(start.id, periodic::task::Ended::Failed(forged), Now::default());
    let table = StatusTable::new(scheduler.status(Now::default())).columns(["name", "error"]).unwrap();
    assert_eq!(table.to_string(), "name        error\nFleet.poll  \\u{1b}[2Jall is well\\u{202e}\\r\n");
}
