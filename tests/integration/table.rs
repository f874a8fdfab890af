//! The checks of a new table: names, exceptions, settings.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use periodic::settings::TaskSettings;
use periodic::table::TaskTable;
use periodic::task::{Interval, LeftOut, Overlap, RetrySpec};
use periodic::{PeriodicManager, Settings, periodic_manager, periodic_task};

struct Driver;

#[periodic_manager]
impl Driver {
    #[periodic_task(spacing = 5)]
    async fn poll(&self) {}

    #[periodic_task(spacing = 7)]
    async fn report(&self) {}
}

#[derive(Default)]
struct Manager {
    main: Option<Arc<Driver>>,
    spare: Option<Box<Driver>>,
    list: Vec<Driver>,
    map: BTreeMap<String, Driver>,
    hash: HashMap<u32, Driver>,
}

#[periodic_manager(include(main, spare(except(report)), list(except(poll)), map(except("b.report")), hash))]
impl Manager {
    #[periodic_task(spacing = 60)]
    async fn own(&self) {}
}

fn names(manager: &impl PeriodicManager) -> Vec<String> {
    let table = TaskTable::of(manager, &Settings::default()).unwrap();
    table.tasks().iter().map(|task| task.name().to_string()).collect()
}

#[test]
fn containers_of_managers_are_managers() {
    let manager = Manager {
        main: Some(Arc::new(Driver)),
        spare: Some(Box::new(Driver)),
        list: vec![Driver, Driver],
        map: ["a", "b"].map(|key| (key.to_owned(), Driver)).into(),
        hash: [10, 9].map(|key| (key, Driver)).into(),
    };
    assert_eq!(
        names(&manager),
        [
            "Manager.own",
            "Manager.main.poll",
            "Manager.main.report",
            "Manager.spare.poll",
            "Manager.list.0.report",
            "Manager.list.1.report",
            "Manager.map.a.poll",
            "Manager.map.a.report",
            "Manager.map.b.poll",
            "Manager.hash.9.poll",
            "Manager.hash.9.report",
            "Manager.hash.10.poll",
            "Manager.hash.10.report",
        ]
    );
}

#[test]
fn what_is_empty_lists_nothing_and_is_no_mistake() {
    assert_eq!(names(&Manager::default()), ["Manager.own"]);
    assert_eq!(names(&vec![Driver]), ["0.poll", "0.report"]);
}

struct Mistaken {
    driver: Driver,
}

#[periodic_manager(include(driver(except(repart))))]
impl Mistaken {
    #[periodic_task(name = "own")]
    async fn one(&self) {}
}

#[test]
fn all_mistakes_are_told_at_once() {
    let settings = Settings::new()
        .task("Mistaken.driver.pol", TaskSettings::new().enabled(false))
        .task("nothing.*", TaskSettings::new().enabled(false));
    let error = TaskTable::of(&Mistaken { driver: Driver }, &settings).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`except(repart)` of `Mistaken.driver` names no task of it; its tasks are `poll`, `report`\n\
         the settings name `Mistaken.driver.pol`, but no task is called that; did you mean `Mistaken.driver.poll`?\n\
         the settings name `nothing.*`, but no task is called that"
    );
}

#[test]
fn settings_that_have_no_meaning_are_refused_and_odd_ones_warned_of() {
    struct Plain;

    #[periodic_manager]
    impl Plain {
        #[periodic_task(spacing = 10)]
        fn work(&self) {}
    }

    let replace = Settings::new().task("work", TaskSettings::new().overlap(Overlap::Replace));
    let error = TaskTable::of(&Plain, &replace).unwrap_err().to_string();
    assert!(error.contains("`Plain.work`: the run of a plain `fn` cannot be cancelled"), "{error}");

    let long = Settings::new().task("work", TaskSettings::new().timeout(Duration::from_secs(20)));
    let table = TaskTable::of(&Plain, &long).unwrap();
    assert!(
        table.warnings()[0].to_string().contains("`Plain.work`: this timeout is longer than the spacing")
    );

    let retry = |seconds| RetrySpec::new(NonZeroU32::new(3).unwrap()).doubling(Duration::from_secs(seconds));
    let warns = |retry: RetrySpec| {
        let settings = Settings::new().task("work", TaskSettings::new().retry(retry));
        let table = TaskTable::of(&Plain, &settings).unwrap();
        table.warnings().first().map(|warning| warning.what)
    };
    assert!(warns(retry(10)).unwrap().contains("this back-off is not shorter than the spacing"));
    assert_eq!(warns(retry(9)), None);
    assert_eq!(warns(retry(10).jitter()), None, "jitter may make it shorter");
}

#[test]
fn settings_change_what_is_in_force_and_the_table_prints_it() {
    let settings = Settings::new()
        .task("*poll", TaskSettings::new().spacing(Interval::from_secs(90)))
        .task("main.report", TaskSettings::new().spacing(Interval::from_secs(-1)))
        .task("own", TaskSettings::new().enabled(false));
    let manager = Manager { main: Some(Arc::new(Driver)), ..Manager::default() };
    let table = TaskTable::of(&manager, &settings).unwrap();
    assert_eq!(
        table.to_string(),
        "Manager.own          every 1m, left out: it is disabled\n\
         Manager.main.poll    every 1m30s\n\
         Manager.main.report  spacing -1s, left out: its interval is negative\n"
    );
    assert_eq!(table.tasks()[2].left_out(), Some(LeftOut::Negative));
}

#[test]
fn two_of_one_name_are_an_error_that_names_both() {
    #[derive(PartialEq, Eq, PartialOrd, Ord)]
    struct Key(u8);

    impl std::fmt::Display for Key {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("same")
        }
    }

    let drivers: BTreeMap<Key, Driver> = [1, 2].map(|key| (Key(key), Driver)).into();
    let error = TaskTable::of(&drivers, &Settings::default()).unwrap_err().to_string();
    assert_eq!(
        error.lines().next(),
        Some(
            "two tasks are called `same.poll`: one of the impl of `Driver` (row [0, 0]) and one of the \
             impl of `Driver` (row [1, 0]); \
             give one another `name = \"..\"`, or leave one out with `except(..)`"
        )
    );
}
