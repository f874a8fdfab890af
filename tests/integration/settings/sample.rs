use periodic::prelude::*;
use periodic::settings::{ServiceOption, TaskKey, TaskSetting, sample};
use periodic::table::TaskTable;

use super::place::read;

struct Driver;

#[periodic_manager]
impl Driver {
    #[periodic_task]
    async fn poll(&self) {}
}

struct ComputeManager {
    drivers: std::collections::BTreeMap<String, Driver>,
}

#[periodic_manager(include(drivers))]
impl ComputeManager {
    /// Audits this host's resources.
    ///
    /// "Twice", \ if need be.
    #[periodic_task(spacing = "1h30m", jitter = "2.5%", timeout = "90s", overlap = allow(3), max_runs = 7,
        retry(attempts = 3, backoff = "1s".."30s", jitter))]
    async fn audit(&self) {}

    #[periodic_task(spacing = 30, from = finish, grace = "5s")]
    async fn follow(&self) {}

    #[periodic_task(spacing = -1, missed = all(5))]
    fn heal(&self) {}

    #[periodic_task(cron = "0 3 * * MON-FRI", tz = "Europe/Berlin", dst = (gap = skip))]
    fn archive(&self) {}
}

fn manager() -> ComputeManager {
    ComputeManager { drivers: [("odd\"key\"\\".to_owned(), Driver)].into() }
}

/// The sample with the mark taken off each option.
fn unmarked(sample: &str) -> String {
    let is_option = |line: &str| {
        line.strip_prefix('#').is_some_and(|rest| !rest.starts_with([' ', '#']) && rest.contains(" = "))
    };
    let lines = sample.lines().map(|line| if is_option(line) { &line[1..] } else { line });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_sample_as_it_is_sets_nothing() {
    let sample = sample(&manager()).unwrap();
    let settings = read(&sample).unwrap();
    assert_eq!(settings.options(), Settings::new().options());
    let declared = TaskTable::of(&manager(), &Settings::new()).unwrap();
    assert_eq!(TaskTable::of(&manager(), &settings).unwrap(), declared);
}

#[test]
fn with_all_marks_taken_off_it_says_what_holds_anyway() {
    let sample = unmarked(&sample(&manager()).unwrap());
    for option in ServiceOption::ALL {
        assert!(sample.contains(&format!("\n{} = ", option.name)), "{}", option.name);
    }
    let settings = read(&sample).unwrap();
    assert_eq!(settings.options(), Settings::new().options());
    let declared = TaskTable::of(&manager(), &Settings::new()).unwrap();
    let said = TaskTable::of(&manager(), &settings).unwrap();
    assert_eq!(declared.to_string(), said.to_string());
    for (declared, said) in declared.tasks().iter().zip(said.tasks()) {
        for key in TaskKey::ALL {
            let (declared, said) = (TaskSetting::of(declared.spec(), key), TaskSetting::of(said.spec(), key));
            let written = |setting: Option<TaskSetting>| setting.map(|setting| setting.to_string());
            assert_eq!(written(declared), written(said), "{key}");
        }
    }
}

#[test]
fn it_reads_as_an_operator_would_write_it() {
    let sample = sample(&manager()).unwrap();
    let audit = "\
# Audits this host's resources.
#
# \"Twice\", \\ if need be.
[tasks.\"ComputeManager.audit\"]
#spacing = \"1h30m\"
#enabled = true
#jitter = \"2.5%\"
#timeout = \"1m30s\"
#retry = { attempts = 3, backoff = \"1s..30s\", jitter = true }
#overlap = \"allow(3)\"
#missed = \"coalesce\"
#grace = \"none\"
#max_runs = 7
";
    assert!(sample.contains(audit), "{sample}");
    assert!(
        sample.contains("\n# The time between heartbeats; 0 for none.\n#report_interval = \"10s\"\n"),
        "{sample}"
    );
    let archive = "\
[tasks.\"ComputeManager.archive\"]
#cron = \"0 3 * * MON-FRI\"
#tz = \"Europe/Berlin\"
#dst = { gap = \"skip\", overlap = \"once\" }
#enabled = true
";
    assert!(sample.contains(archive), "{sample}");
    let follow = sample.split("follow\"]").nth(1).unwrap().split("\n\n").next().unwrap();
    assert!(
        !follow.contains("overlap") && !follow.contains("missed"),
        "they have no meaning there: {follow}"
    );
}
