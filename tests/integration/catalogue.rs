//! The catalogue across crates: the linker collects it in dev and in release builds.

use std::sync::atomic::Ordering;
use std::time::Duration;

use periodic::catalogue::Catalogue;
use periodic::pass::{PeriodicTasks, RaiseOnError};
use periodic::table::TaskTable;
use periodic::time::{Instant, ManualClock};
use periodic::{Settings, periodic_task};
use periodic_test_rows::{Earlier, Opened};

#[periodic_task(manager = Opened, spacing = 30)]
fn from_this_crate(opened: &Opened) {
    opened.runs.fetch_add(100, Ordering::Relaxed);
}

#[test]
fn rows_of_another_crate_are_found() {
    let declarations = Catalogue::declarations();
    let names = |manager: &str| -> Vec<&str> {
        let mine = declarations.iter().filter(|one| one.manager == manager);
        mine.flat_map(|one| one.tasks.iter().map(|task| task.name)).collect()
    };
    assert_eq!(names("Listed"), ["listed_task"]);
    let mut opened = names("Opened");
    opened.sort_unstable();
    assert_eq!(opened, ["beside", "from_this_crate", "own"]);
    let listed = declarations.iter().find(|one| one.manager == "Listed").unwrap();
    assert_eq!(listed.tasks[0].description, "Is only listed.");
    assert!(listed.module.starts_with("periodic_test_rows"));
}

/// That crate is of another edition, and calls `periodic` otherwise in its manifest.
#[test]
fn the_crate_may_have_another_edition_and_another_name_for_periodic() {
    let table = TaskTable::of(&Earlier, &Settings::default()).unwrap();
    let names: Vec<_> = table.tasks().iter().map(|task| task.name().as_str()).collect();
    assert_eq!(names, ["Earlier.gen", "Earlier.async"]);
}

#[test]
fn a_crate_that_is_not_linked_is_a_clear_error() {
    assert_eq!(Catalogue::expect("periodic_test_rows"), Ok(()));
    let error = Catalogue::expect("my_tasks::audit").unwrap_err().to_string();
    assert!(error.contains("no periodic task of `my_tasks::audit` is linked"), "{error}");
    assert!(error.contains("`periodic_test_rows`"), "{error}");
    assert!(error.contains("write `use my_tasks as _;`"), "{error}");
    assert!(Catalogue::expect("periodic_test").is_err(), "a name's beginning is not the name");
}

#[tokio::test]
async fn an_open_manager_runs_the_tasks_of_all_crates() {
    let table = TaskTable::of(&Opened::default(), &Settings::default()).unwrap();
    let names: Vec<_> = table.tasks().iter().map(|task| task.name().as_str()).collect();
    assert_eq!(names, ["Opened.own", "Opened.beside", "Opened.from_this_crate"]);

    let clock = std::sync::Arc::new(ManualClock::at(Instant::ZERO));
    let mut tasks = PeriodicTasks::new(Opened::default(), clock.clone(), &Settings::default()).unwrap();
    clock.advance(Duration::from_secs(30));
    tasks.run_periodic_tasks(&(), RaiseOnError::Yes).await.unwrap();
    assert_eq!(tasks.manager().runs.load(Ordering::Relaxed), 111);
}
