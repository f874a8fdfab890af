use std::time::Duration;

use periodic::prelude::*;
use periodic::settings::{TaskKey, TaskSetting, TaskSettings};
use periodic::table::TaskTable;
use periodic::task::{Interval, Jitter, Missed, Overlap, TaskSpec};

use super::place::{Place, read, read_with};

struct M;

#[periodic_manager]
impl M {
    /// Everything is declared otherwise than any of the settings have it.
    #[periodic_task(
        spacing = 1000, jitter = "1s", timeout = "900s", overlap = queue, missed = all(9), grace = "900s", max_runs = 900
    )]
    async fn poll(&self) {}

    #[periodic_task(spacing = 1000)]
    async fn other(&self) {}
}

/// The value of one key of `M.poll` with these settings.
fn of(settings: &Settings, key: TaskKey) -> String {
    spec(settings, 0, key)
}

fn spec(settings: &Settings, task: usize, key: TaskKey) -> String {
    let table = TaskTable::of(&M, settings).unwrap();
    TaskSetting::of(table.tasks()[task].spec(), key).unwrap().to_string()
}

#[test]
fn file_then_environment_then_code_for_each_key_of_a_task() {
    let code: [(TaskKey, &str, &str, TaskSettings, &str); 8] = [
        (TaskKey::Spacing, "20", "30s", TaskSettings::new().spacing(Interval::from_secs(40)), "20s 30s 40s"),
        (TaskKey::Enabled, "false", "true", TaskSettings::new().enabled(false), "false true false"),
        (TaskKey::Jitter, "\"2%\"", "3%", TaskSettings::new().jitter(Jitter::None), "2% 3% none"),
        (TaskKey::Timeout, "\"none\"", "3m", TaskSettings::new().no_timeout(), "none 3m none"),
        (
            TaskKey::Overlap,
            "\"skip\"",
            "allow(3)",
            TaskSettings::new().overlap(Overlap::Replace),
            "skip allow(3) replace",
        ),
        (
            TaskKey::Missed,
            "\"skip\"",
            "all(3)",
            TaskSettings::new().missed(Missed::Coalesce),
            "skip all(3) coalesce",
        ),
        (TaskKey::Grace, "2.5", "none", TaskSettings::new().grace(Duration::from_secs(4)), "2.5s none 4s"),
        (TaskKey::MaxRuns, "2", "3", TaskSettings::new().no_max_runs(), "2 3 none"),
    ];
    for (key, in_file, in_environment, in_code, expected) in code {
        let file = format!("[tasks.poll]\n{key} = {in_file}\n");
        let variable = format!("PERIODIC_TASKS__M__POLL__{}", key.as_str().to_uppercase());
        let from_file = read(&file).unwrap();
        let from_environment = read_with(&file, &[(&variable, in_environment)]).unwrap();
        let from_code = from_environment.clone().task("M.poll", in_code);
        let found = [from_file, from_environment, from_code].map(|settings| of(&settings, key)).join(" ");
        assert_eq!(found, expected, "{key}");
        let declared = of(&Settings::new(), key);
        assert!(!expected.starts_with(&declared), "{key}: the file changes what is declared");
    }
}

#[test]
fn file_then_environment_then_code_for_each_option_of_the_service() {
    let names = Settings::new().options().entries().map(|(name, _)| name).collect::<Vec<_>>();
    for name in names {
        let declared = Settings::new().options().entries().find(|(key, _)| *key == name).unwrap().1;
        let (first, second) = match declared.as_str() {
            "true" => ("false", "true"),
            "false" => ("true", "false"),
            "debug" => ("info", "off"),
            _ => ("7", "8s"),
        };
        let variable = name.to_uppercase();
        let variable = if name.starts_with("periodic_") { variable } else { format!("PERIODIC_{variable}") };
        let quotes = if first == "info" { "\"" } else { "" };
        let file = format!("{name} = {quotes}{first}{quotes}\n");
        let shown =
            |settings: Settings| settings.options().entries().find(|(key, _)| *key == name).unwrap().1;
        assert_eq!(shown(read(&file).unwrap()), if first == "7" { "7s" } else { first }, "{name}");
        let over = read_with(&file, &[(&variable, second)]).unwrap();
        assert_eq!(shown(over), second, "{name}");
    }
    let place = Place::new("report_interval = 7");
    let source = place
        .source(&[("PERIODIC_REPORT_INTERVAL", "8")])
        .with(|settings| settings.service(|options| options.report_interval *= 2))
        .with(|settings| settings.service(|options| options.report_interval += Duration::from_secs(1)));
    assert_eq!(source.read().unwrap().options().report_interval, Duration::from_secs(17));
}

#[test]
fn exact_names_win_over_patterns_wherever_they_stand() {
    let settings = read(
        "[tasks.\"M.poll\"]\nspacing = 1\n[tasks.\"*\"]\nspacing = 2\ngrace = 2\n[tasks.\"M.p*\"]\ngrace = 3\n",
    )
    .unwrap();
    assert_eq!(of(&settings, TaskKey::Spacing), "1s");
    assert_eq!(of(&settings, TaskKey::Grace), "3s", "of patterns the later");
    assert_eq!(spec(&settings, 1, TaskKey::Spacing), "2s");
    let turned = read("[tasks.\"M.p*\"]\ngrace = 3\n[tasks.\"*\"]\ngrace = 2\n").unwrap();
    assert_eq!(of(&turned, TaskKey::Grace), "2s");
    let exact = read("[tasks.\"poll\"]\ngrace = 3\n[tasks.\"M.poll\"]\ngrace = 2\n").unwrap();
    assert_eq!(of(&exact, TaskKey::Grace), "2s", "of exact names the later");
}

#[test]
fn a_name_may_be_written_in_tables_and_a_number_in_any_base() {
    for text in [
        "[tasks.M.poll]\nspacing = 16",
        "tasks.M.poll.spacing = +16",
        "tasks = { M = { poll = { spacing = 1_6 } } }",
        "[tasks]\n\"M.poll\" = { spacing = 0x10 }",
        "[tasks.poll]\nspacing = \"16\"",
        "[tasks.poll]\nspacing = 16.000",
    ] {
        assert_eq!(of(&read(text).unwrap(), TaskKey::Spacing), "16s", "{text}");
    }
    let runs = |number: &str| read(&format!("[tasks.poll]\nmax_runs = {number}"));
    assert_eq!(of(&runs("0xffff_ffff_ffff_ffff").unwrap(), TaskKey::MaxRuns), u64::MAX.to_string());
    for number in ["0x1_0000_0000_0000_0000", "0x1_0000_0000_0000_0000_0000_0000_0000_0000"] {
        assert!(runs(number).unwrap_err().contains("expected a whole number"), "{number}");
    }
}

#[test]
fn the_longer_spelling_of_a_variable_wins_and_others_prefixes_are_not_ours() {
    let settings = read_with(
        "",
        &[
            ("PERIODIC_TASKS__M__POLL__SPACING", "1"),
            ("PERIODIC_TASKS__POLL__SPACING", "2"),
            ("NOVA_TASKS__POLL__SPACIN", "3"),
            ("periodic_report_interval", "3"),
        ],
    )
    .unwrap();
    assert_eq!(of(&settings, TaskKey::Spacing), "1s");
    let place = Place::new("");
    let source = place.source(&[("NOVA_PERIODIC_ENABLE", "false"), ("PERIODIC_COLOUR", "red")]);
    assert!(!source.prefix("NOVA_").read().unwrap().options().periodic_enable);
}

#[test]
fn an_empty_file_sets_nothing() {
    let settings = read("\n# nothing\n").unwrap();
    assert_eq!(settings, Settings::new());
    let table = TaskTable::of(&M, &settings).unwrap();
    assert_eq!(table.tasks()[1].spec(), &TaskSpec::new("other").every(Interval::from_secs(1000)));
}
