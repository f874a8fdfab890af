//! Names with a `*` that code sets.

use std::time::{Duration, Instant};

use periodic::settings::TaskSettings;
use periodic::table::{TableProblem, TaskTable};
use periodic::task::Interval;
use periodic::{Settings, periodic_manager, periodic_task};

use super::is_harmless;

struct Manager;

#[periodic_manager]
impl Manager {
    #[periodic_task(spacing = 60)]
    async fn poll(&self) {}
}

fn spaced() -> TaskSettings {
    TaskSettings::new().spacing(Interval::from_secs(5))
}

fn patterns(count: usize) -> Settings {
    (0..count).fold(Settings::new(), |settings, _| settings.task("*", spaced()))
}

#[test]
fn names_with_a_star_are_bounded_in_number_in_code_too() {
    TaskTable::of(&Manager, &patterns(Settings::MOST_PATTERNS)).unwrap();
    let error = TaskTable::of(&Manager, &patterns(300_000)).unwrap_err();
    assert_eq!(error.problems(), [TableProblem::TooManyPatterns { count: 300_000 }]);
    assert_eq!(
        error.to_string(),
        "the settings have 300000 names with `*`, and at most 1000 are tried: write fewer"
    );
}

#[test]
fn a_pattern_of_megabytes_is_tried_for_no_task() {
    let begun = Instant::now();
    // With 1000 of them, and tried for each task, this would take minutes.
    let settings =
        (0..100).fold(Settings::new(), |settings, _| settings.task("*".repeat(5_000_000), spaced()));
    let error = TaskTable::of(&Manager, &settings).unwrap_err();
    assert_eq!(error.problems().len(), 100);
    assert!(is_harmless(&error.to_string()) && error.to_string().len() < 100_000);
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}
