use periodic::Handle;
use periodic::scheduler::ControlError;
use periodic::task::{TaskName, TaskSpec};

use super::is_harmless;
use crate::runner::Empty;

fn added(handle: &Handle, manager: &str, task: &str) {
    let name = TaskName::new(manager, task).unwrap();
    handle.add(name, TaskSpec::new(""), |_| async {}).unwrap();
}

#[test]
fn a_mistyped_name_is_looked_for_among_some_thousands_and_not_among_more() {
    let runner = periodic::Runner::builder(Empty).build().unwrap();
    let handle = runner.handle();
    for number in 0..8_191 {
        added(&handle, "Fleet", &format!("device_{number}"));
    }
    added(&handle, "Service", "sync_power_states");
    let near = |error: ControlError| match error {
        ControlError::Unknown { near, .. } => near.map(|near| near.to_string()),
        other => panic!("{other}"),
    };
    let mistyped = [
        handle.pause("sync_powr_states").unwrap_err(),
        handle.resume("sync_powr_states").unwrap_err(),
        handle.trigger("sync_powr_states").unwrap_err(),
        handle.disable("sync_powr_states").unwrap_err(),
        handle.enable("sync_powr_states").unwrap_err(),
        handle.remove("sync_powr_states").unwrap_err(),
        handle.status_of("sync_powr_states").unwrap_err(),
        handle.reset_counters("sync_powr_states").unwrap_err(),
        handle.set_spacing("sync_powr_states", periodic::task::Interval::from_secs(1)).unwrap_err(),
    ];
    for error in mistyped {
        assert_eq!(near(error).as_deref(), Some("Service.sync_power_states"));
    }
    added(&handle, "Fleet", "one_more");
    assert_eq!(near(handle.pause("sync_powr_states").unwrap_err()), None);
    handle.pause("sync_power_states").unwrap();
}

#[test]
fn a_name_of_megabytes_is_refused_in_a_short_line() {
    let runner = periodic::Runner::builder(Empty).build().unwrap();
    let handle = runner.handle();
    added(&handle, "Fleet", "poll");
    for name in ["x".repeat(5_000_000), "\u{1b}".repeat(5_000_000), "poll".repeat(10_000)] {
        let error = handle.trigger(&name).unwrap_err().to_string();
        assert!(is_harmless(&error) && error.len() < 2_000, "{} bytes", error.len());
        assert!(error.contains(&format!("({} bytes)", name.len())), "{error}");
    }
}

#[test]
fn the_candidates_of_a_name_are_some() {
    let runner = periodic::Runner::builder(Empty).build().unwrap();
    let handle = runner.handle();
    for number in 0..1_000 {
        added(&handle, &format!("Manager{number:03}"), "poll");
    }
    let error = handle.trigger("poll").unwrap_err();
    assert!(
        matches!(&error, ControlError::Ambiguous { candidates, more: 984, .. } if candidates.len() == 16)
    );
    assert!(error.to_string().ends_with("`Manager015.poll`, and 984 more"), "{error}");
}
