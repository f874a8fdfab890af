use std::process::Command;

use periodic::settings::SettingsSource;
use rustix::process::Signal;

use super::node::{Node, settings};
use super::program::program;
use crate::launcher::process::{Directory, replace};

const AUDIT: &str = "[tasks.update_available_resource]\nspacing = ";

/// A directory with these settings.
fn directory(settings: &str) -> Directory {
    let directory = Directory::new();
    std::fs::write(directory.path("compute.toml"), settings).unwrap();
    directory
}

#[test]
fn sighup_changes_the_next_run() {
    let directory = directory(&settings(&format!("{AUDIT}3600")));
    let node = Node::start(&directory, &[]);
    node.logs("power states compared");
    replace(&directory.path("compute.toml"), &settings(&format!("{AUDIT}0.05")));
    node.signal(Signal::HUP);
    let change = node.logs("a setting changed");
    assert!(
        change.contains("task=\"update_available_resource\" key=\"spacing\" before=1h after=50ms"),
        "{change}"
    );
    // The hook's audit has no span; these are runs.
    for _ in 0..3 {
        node.logs("run{task=\"update_available_resource\"}: resources audited");
    }
    node.signal(Signal::TERM);
    assert_eq!(node.ended().0, Some(0));
}

#[test]
fn a_typo_is_refused_with_its_line_and_the_old_settings_stay() {
    let directory = directory(&settings(&format!("{AUDIT}0.05")));
    let node = Node::start(&directory, &[]);
    node.logs("run{task=\"update_available_resource\"}: resources audited");
    replace(&directory.path("compute.toml"), &settings("[tasks.update_available_resource]\nspacin = 5"));
    node.signal(Signal::HUP);
    let refused = node.logs("the new settings are refused; the old ones stay in force");
    assert!(refused.contains("compute.toml:5: tasks.update_available_resource.spacin"), "{refused}");
    assert!(refused.contains("did you mean `spacing`?"), "{refused}");
    node.logs("run{task=\"update_available_resource\"}: resources audited");
    node.signal(Signal::TERM);
    assert_eq!(node.ended().0, Some(0));
}

#[test]
fn a_typo_at_the_start_is_said_once_and_has_a_code() {
    let directory = directory("report_intervall = 5");
    for (log, said) in [("info", "ERROR the process ends"), ("off", "Error: a service cannot be made")] {
        let (code, log) = Node::start_with(&directory, &[], |command| command.env("RUST_LOG", log)).ended();
        assert_eq!(code, Some(78), "{log}");
        assert_eq!(log.matches("did you mean `report_interval`?").count(), 1, "{log}");
        assert!(log.contains(said), "{log}");
    }
}

#[test]
fn the_committed_file_and_the_sample_are_good() {
    let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/compute_node/compute.toml");
    let committed = SettingsSource::file(committed).without_environment().read().unwrap();
    assert!(committed.options().periodic_fuzzy_delay.is_zero());
    let sample = Command::new(program("compute_node")).arg("--sample-settings").output().unwrap();
    let sample = String::from_utf8(sample.stdout).unwrap();
    let directory = directory(&sample.replace("#graceful_shutdown_timeout", "graceful_shutdown_timeout"));
    let node = Node::start(&directory, &["--for", "10ms"]);
    assert_eq!(node.ended().0, Some(0), "{sample}");
}
