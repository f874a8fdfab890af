use periodic::prelude::*;
use periodic::settings::{ProblemKind, SettingsError, SettingsSource};
use periodic::table::TaskTable;

use super::place::{Place, mistakes, read, read_with};

struct ComputeManager;

#[periodic_manager]
impl ComputeManager {
    #[periodic_task(spacing = 600)]
    async fn sync_power_states(&self) {}

    #[periodic_task(spacing = 60)]
    fn audit(&self) {}
}

/// The message about a file when the table is made with it.
fn refused(content: &str) -> String {
    refused_with(content, &[])
}

pub(super) fn refused_with(content: &str, variables: &[(&str, &str)]) -> String {
    let place = Place::new(content);
    let settings = place.source(variables).read().unwrap();
    place.said(&TaskTable::of(&ComputeManager, &settings).unwrap_err())
}

#[test]
fn a_key_that_is_not_known_names_its_near_miss() {
    assert_eq!(
        mistakes("\n\n[tasks.\"ComputeManager.sync\"]\nspacin = 5\n"),
        "compute.toml:4: tasks.\"ComputeManager.sync\".spacin: unknown key; did you mean `spacing`?"
    );
    assert_eq!(
        mistakes("[tasks.sync]\ncolour = 5\n"),
        "compute.toml:2: tasks.sync.colour: unknown key; expected one of `spacing`, `cron`, `tz`, `dst`, \
         `enabled`, `jitter`, `timeout`, `retry`, `overlap`, `missed`, `grace`, `max_runs`"
    );
    assert_eq!(
        mistakes("report_intervall = 5"),
        "compute.toml:1: report_intervall: unknown key; did you mean `report_interval`?"
    );
    assert_eq!(
        mistakes("[task.sync]\nspacing = 1"),
        "compute.toml:1: task: unknown key; did you mean `tasks`?"
    );
    assert_eq!(
        mistakes("spacing = 5"),
        "compute.toml:1: spacing: `spacing` is a key of a task: write it below `[tasks.\"NAME\"]`, or \
         `[tasks.\"*\"]` for all"
    );
}

#[test]
fn a_task_that_is_not_known_names_its_near_miss() {
    assert_eq!(
        refused("\n\n\n\n\n\n[tasks.sync_powr_states]\nspacing = 5\n"),
        "compute.toml:7: tasks.sync_powr_states: no task is called `sync_powr_states`; did you mean \
         `ComputeManager.sync_power_states`?"
    );
    assert_eq!(
        refused("tasks.\"Other.*\".spacing = 5"),
        "compute.toml:1: tasks.\"Other.*\": no task is called `Other.*`"
    );
    assert_eq!(
        refused("[tasks.ComputeManager.audits]\nspacing = 5"),
        "compute.toml:1: tasks.ComputeManager.audits: no task is called `ComputeManager.audits`; did you mean \
         `ComputeManager.audit`?"
    );
}

#[test]
fn values_of_a_wrong_type_are_refused() {
    for (line, said) in [
        ("spacing = true", "spacing: expected a duration, found true"),
        ("spacing = [1]", "spacing: expected a duration, found an array"),
        ("enabled = \"true\"", "enabled: expected true or false, found the text `true`"),
        ("enabled = 1", "enabled: expected true or false, found the number 1"),
        ("jitter = false", "jitter: expected a share as \"5%\", a duration, or \"none\", found false"),
        ("timeout = 2026-01-01", "timeout: expected a duration, or \"none\", found a date"),
        ("overlap = 3", "overlap: expected a rule in quotes, found the number 3"),
        ("missed = true", "missed: expected a rule in quotes, found true"),
        ("grace = {}", "grace: expected a duration, or \"none\", found a table"),
        (
            "max_runs = \"5\"",
            "max_runs: expected a whole number, at least 1, or \"none\", found the text `5`",
        ),
    ] {
        assert_eq!(
            mistakes(&format!("[tasks.audit]\n{line}")),
            format!("compute.toml:2: tasks.audit.{said}")
        );
    }
    assert_eq!(
        mistakes("periodic_enable = 1\ntasks = 5"),
        "compute.toml:1: periodic_enable: expected true or false, found the number 1\n\
         compute.toml:2: tasks: expected a table for each task, found the number 5"
    );
    assert_eq!(
        mistakes("[poll]\nspacing = 5"),
        "compute.toml:1: poll: unknown table; that of a task called so is `[tasks.poll]`"
    );
    assert_eq!(
        mistakes("[tasks.poll]\ninitial_delay = 3"),
        "compute.toml:2: tasks.poll.initial_delay: `initial_delay` is part of the declaration: settings cannot \
         change it"
    );
    assert_eq!(
        mistakes("periodic_run_spans = 1"),
        "compute.toml:1: periodic_run_spans: expected a level in quotes, found the number 1"
    );
    assert_eq!(
        mistakes("periodic_run_spans = \"inof\""),
        "compute.toml:1: periodic_run_spans: the text `inof`: `inof` is not one of the choices; did you mean `info`?"
    );
    assert_eq!(
        mistakes("[tasks]\naudit = 5"),
        "compute.toml:2: tasks.audit: expected a table with the keys of a task, found the number 5"
    );
}

#[test]
fn values_that_cannot_be_are_refused() {
    for (line, said) in [
        (
            "spacing = \"90x\"",
            "spacing: the text `90x`: this unit is not known: the units are w, d, h, m, s, ms, us and ns",
        ),
        (
            "spacing = \"\"",
            "spacing: the text ``: a duration is empty: write seconds as in `60`, or a text as in `\"1h30m\"`",
        ),
        (
            "spacing = nan",
            "spacing: the number nan: a number was expected here: write a duration as in `\"90s\"` or `\"1h30m\"`",
        ),
        ("jitter = \"101%\"", "jitter: the text `101%`: `jitter` can be at most `\"100%\"` of the spacing"),
        (
            "jitter = 0",
            "jitter: the number 0: `jitter` must be longer than zero; remove it for none, or write \"none\"",
        ),
        (
            "timeout = 0",
            "timeout: the number 0: `timeout` must be longer than zero; remove it for no timeout, or write \"none\"",
        ),
        (
            "timeout = -1",
            "timeout: the number -1: `timeout` must be longer than zero; remove it for no timeout, or write \"none\"",
        ),
        (
            "overlap = \"skp\"",
            "overlap: the text `skp`: `skp` is not one of the choices; did you mean `skip`?",
        ),
        (
            "missed = \"all(0)\"",
            "missed: the text `all(0)`: `all(0)` would run none of the missed slots: write at least `all(1)`, or `skip`",
        ),
        (
            "retry = 1",
            "retry: the number 1: `attempts` counts the first, so 1 is no retry: write 2 or more, or remove `retry`, or \
             write \"none\"",
        ),
        ("retry = \"3, 0s\"", "retry: the text `3, 0s`: `backoff` must be longer than zero"),
        ("grace = \"-1s\"", "grace: the text `-1s`: `grace` cannot be negative: write 0 or more"),
        (
            "max_runs = 0",
            "max_runs: the number 0: `max_runs` must be at least 1; remove it for no bound, or write \"none\"",
        ),
        ("spacing = 1e3", "spacing: the number 1e3: write the number without an exponent"),
        ("jitter = 1e3", "jitter: the number 1e3: write the number without an exponent"),
        ("max_runs = 2.5", "max_runs: the number 2.5: expected a whole number, at least 1, or \"none\""),
    ] {
        assert_eq!(
            mistakes(&format!("[tasks.audit]\n{line}")),
            format!("compute.toml:2: tasks.audit.{said}")
        );
    }
    assert_eq!(
        mistakes("periodic_interval_max = 0\nreport_interval = -1"),
        "compute.toml:1: periodic_interval_max: the number 0: `periodic_interval_max` must be longer \
         than zero\n\
         compute.toml:2: report_interval: the number -1: `report_interval` cannot be negative: write 0 or more"
    );
}

#[test]
fn each_part_of_a_retry_has_its_own_line() {
    assert_eq!(
        mistakes(
            "[tasks.audit.retry]\nattempts = 1\nbackoff = \"30s..1s\"\njitter = 2\njiter = true\ncolour = 1"
        ),
        "compute.toml:2: tasks.audit.retry.attempts: the number 1: `attempts` counts the first, so 1 is no retry: \
         write 2 or more, or remove `retry`\n\
         compute.toml:3: tasks.audit.retry.backoff: the text `30s..1s`: `backoff` ends shorter than it begins: \
         write the shorter time first\n\
         compute.toml:4: tasks.audit.retry.jitter: expected true or false, found the number 2\n\
         compute.toml:5: tasks.audit.retry.jiter: unknown key; did you mean `jitter`?\n\
         compute.toml:6: tasks.audit.retry.colour: unknown key; expected one of `attempts`, `backoff`, `jitter`"
    );
    assert_eq!(
        mistakes("\ntasks.audit.retry = { jitter = true }"),
        "compute.toml:2: tasks.audit.retry: `retry` needs the number of attempts: add `attempts = 3`"
    );
    assert_eq!(
        mistakes("tasks.audit.retry = { attempts = \"3\", backoff = [1, 30] }"),
        "compute.toml:1: tasks.audit.retry.attempts: expected a whole number from 2 to 4294967295, found the text `3`\n\
         compute.toml:1: tasks.audit.retry.backoff: expected a range as \"1s..30s\", or a duration, found an \
         array"
    );
    assert_eq!(
        mistakes("tasks.audit.retry = true"),
        "compute.toml:1: tasks.audit.retry: expected a number of attempts, a table as { attempts = 3, backoff = \
         \"1s..30s\" }, or \"none\", found true"
    );
    assert_eq!(
        read_with("", &[("PERIODIC_TASKS__AUDIT__RETRY", "3, soon")]).unwrap_err(),
        "PERIODIC_TASKS__AUDIT__RETRY: `3, soon`: a number was expected here: write a duration as in `\"90s\"` or \
         `\"1h30m\"`"
    );
}

#[test]
fn a_back_off_that_reaches_the_next_slot_names_its_line() {
    let settings = read("[tasks.audit]\nretry = { attempts = 3, backoff = \"2m\" }\n").unwrap();
    let table = TaskTable::of(&ComputeManager, &settings).unwrap();
    assert_eq!(
        table.warnings()[0].to_string().split("compute.toml").nth(1).unwrap(),
        ":2: tasks.audit.retry: `ComputeManager.audit`: this back-off is not shorter than the spacing, and no \
         attempt starts at or after the next slot: use a shorter one"
    );
}

#[test]
fn what_is_no_toml_is_told_by_line_and_column() {
    assert_eq!(
        mistakes("report_interval = 5\nservice_down_time\n"),
        "compute.toml:2:18: key with no value, expected `=`"
    );
    assert_eq!(
        mistakes("[tasks.audit]\nspacing = 5\n\n[tasks.audit]\nspacing = 6\n"),
        "compute.toml:4:8: duplicate key: `audit`\n\
         compute.toml:5:1: duplicate key: `spacing`"
    );
    assert_eq!(mistakes("report_interval = [\n\n"), "compute.toml:1:20: unclosed array, expected `]`");
    assert_eq!(
        mistakes("[tasks.audit]\ngrace = \"\"\"\n\n"),
        "compute.toml:2:12: invalid multi-line basic string, expected `\"`"
    );
    let place = Place::new("");
    place.write(b"# one\n# tw\xFFo\n");
    let error = place.source(&[]).read().unwrap_err();
    assert_eq!(place.said(&error), "compute.toml:2:5: this is not UTF-8: save the file as UTF-8");
    assert_eq!(error.problems()[0].kind(), ProblemKind::Syntax);
}

#[test]
fn all_mistakes_of_a_file_and_the_environment_are_told_at_once() {
    let said = read_with(
        "report_interval = true\n\n[tasks.audit]\nspacin = 5\noverlap = \"skp\"\n\n[tasks.\"*\"]\ngrace = -1\n",
        &[("PERIODIC_LOG_OPTIONS", "maybe"), ("PERIODIC_REPORT_INTERVALL", "5")],
    )
    .unwrap_err();
    let places: Vec<_> =
        said.lines().map(|line| line.split(": ").take(2).collect::<Vec<_>>().join(": ")).collect();
    assert_eq!(
        places,
        [
            "compute.toml:1: report_interval",
            "compute.toml:4: tasks.audit.spacin",
            "compute.toml:5: tasks.audit.overlap",
            "compute.toml:8: tasks.\"*\".grace",
            "PERIODIC_LOG_OPTIONS: `maybe`",
            "PERIODIC_REPORT_INTERVALL: no option has this variable; did you mean `PERIODIC_REPORT_INTERVAL`?",
        ]
    );
}

#[test]
fn what_has_no_meaning_names_the_line_that_brought_it_about() {
    assert_eq!(
        refused("[tasks.\"*\"]\njitter = \"5%\"\n\n[tasks.audit]\noverlap = \"replace\"\n"),
        "compute.toml:5: tasks.audit.overlap: `ComputeManager.audit`: the run of a plain `fn` cannot be cancelled, \
         so it cannot be replaced: make it an `async fn`, or use `overlap = queue`"
    );
    assert_eq!(
        refused_with("tasks.audit.overlap = \"skip\"", &[("PERIODIC_TASKS__AUDIT__OVERLAP", "replace")]),
        "PERIODIC_TASKS__AUDIT__OVERLAP: `ComputeManager.audit`: the run of a plain `fn` cannot be cancelled, so it \
         cannot be replaced: make it an `async fn`, or use `overlap = queue`"
    );
    let settings = read("[tasks.audit]\ntimeout = 90\n").unwrap();
    let table = TaskTable::of(&ComputeManager, &settings).unwrap();
    assert_eq!(
        table.warnings()[0].to_string().split("compute.toml").nth(1).unwrap(),
        ":2: tasks.audit.timeout: `ComputeManager.audit`: this timeout is longer than the spacing, so runs can \
         overlap: add a rule for that, as in `overlap = skip`"
    );
}

#[test]
fn a_missing_file_is_an_error_unless_it_may_be_missing() {
    let place = Place::new("");
    let missing = place.directory().join("missing.toml");
    let error = Settings::load(&missing).unwrap_err();
    assert_eq!(place.said(&error), "cannot read the settings file `missing.toml`");
    assert!(matches!(
        error,
        SettingsError::Unreadable { source, .. } if source.kind() == std::io::ErrorKind::NotFound
    ));
    let settings = SettingsSource::file(&missing).if_exists().without_environment().read().unwrap();
    assert_eq!(settings, Settings::new());
    assert!(
        SettingsSource::file(place.directory()).if_exists().read().is_err(),
        "a directory is no missing file"
    );
}

#[test]
fn an_odd_name_is_quoted_as_in_the_file() {
    assert_eq!(
        mistakes("[tasks.\"a\\\"b\\\"\"]\nspacin = 1"),
        "compute.toml:2: tasks.\"a\\\"b\\\"\".spacin: unknown key; did you mean `spacing`?"
    );
}

#[cfg(unix)]
#[test]
fn a_file_without_an_end_is_not_read_to_it() {
    let place = Place::new("");
    let why = || {
        let error = place.source(&[]).if_exists().read().unwrap_err();
        let SettingsError::Unreadable { source, .. } = error else { panic!("{error}") };
        source.to_string()
    };
    std::fs::File::create(place.file()).unwrap().set_len((16 << 20) + 1).unwrap();
    assert_eq!(why(), "it holds more than 16 MiB; expected a smaller file");
    std::fs::remove_file(place.file()).unwrap();
    std::os::unix::fs::symlink("/dev/zero", place.file()).unwrap();
    assert_eq!(why(), "it is a device; expected a regular file");
    std::fs::remove_file(place.file()).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(place.file()).status().unwrap().success());
    assert_eq!(why(), "it is a pipe; expected a regular file");
}

/// As `main` prints its error.
#[test]
fn an_error_that_main_returns_reads_well() {
    let missing = Settings::load("no/such/file.toml").unwrap_err();
    let seen = format!("{:?}", periodic::Error::from(missing));
    assert!(
        seen.starts_with("the settings cannot be read:\ncannot read the settings file `no/such/file.toml`: "),
        "{seen}"
    );

    let source = SettingsSource::environment().variables([("PERIODIC_NONSENSE", "1")]);
    let unknown = source.read().unwrap_err();
    assert_eq!(format!("{unknown:?}"), unknown.to_string());
}
