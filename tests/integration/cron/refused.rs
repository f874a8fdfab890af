//! Refusals and messages of a table about wall-clock schedules.

use std::time::Duration;

use periodic::Settings;
use periodic::scheduler::{ControlError, Scheduler, SchedulerOptions};
use periodic::settings::TaskSettings;
use periodic::table::{NoteKind, TaskTable};
use periodic::task::{Cron, Dst, DstGap, Interval, Task, TaskName, TaskSpec};
use periodic::time::Now;

use super::{Rows, time};

fn cron(name: &'static str, text: &'static str, zone: &'static str) -> TaskSpec {
    TaskSpec::new(name).cron(Cron::parse(text).unwrap().tz(zone))
}

fn refused(spec: TaskSpec, settings: &Settings) -> String {
    TaskTable::of(&Rows(vec![spec]), settings).unwrap_err().to_string()
}

#[test]
fn an_unknown_zone_with_what_may_have_been_meant() {
    let none = Settings::new();
    for (zone, advice) in [
        ("Europe/Berlim", "did you mean `Europe/Berlin`?"),
        ("europe/berlin", "did you mean `Europe/Berlin`?"),
        ("Berlin", "did you mean `Europe/Berlin`?"),
        (
            "nowhere at all",
            "write region and city as in the IANA database, for example `Europe/Berlin`, or `UTC`",
        ),
    ] {
        assert_eq!(
            refused(cron("work", "0 3 * * *", zone), &none),
            format!("`Manager.work`: there is no time zone `{zone}`; {advice}")
        );
    }
    let task = Task::new(TaskName::new("Manager", "work").unwrap(), cron("work", "@daily", "Mars/Olympus"));
    let error =
        Scheduler::empty(SchedulerOptions::default(), Now::default()).add(task, Now::default()).unwrap_err();
    assert!(matches!(&error, ControlError::UnknownZone(_, zone) if zone.name() == "Mars/Olympus"), "{error}");
}

#[test]
fn what_a_cron_expression_contradicts() {
    let spec = cron("work", "0 3 * * *", "UTC");
    let late = refused(spec.initial_delay(Duration::from_secs(5)), &Settings::new());
    assert_eq!(
        late,
        "`Manager.work`: `initial_delay` has no meaning with `cron`: the first slot is the next time on the clock; for \
         one more at the start use `run_immediately`"
    );
    let settings = Settings::new().task("work", TaskSettings::new().spacing(Interval::from_secs(5)));
    assert_eq!(
        refused(spec, &settings),
        "`Manager.work`: `spacing` contradicts `cron`: a task has one schedule; keep one of them"
    );
    let settings = Settings::new().task("work", TaskSettings::new().enabled(false));
    assert!(TaskTable::of(&Rows(vec![spec]), &settings).is_ok());
}

#[test]
fn a_slot_in_a_gap_of_the_next_year_is_told() {
    let skip = Cron::parse("30 2 * * *").unwrap().tz("America/New_York").dst(Dst::new().gap(DstGap::Skip));
    let rows = vec![
        cron("gap", "30 2 * * *", "Europe/Berlin"),
        TaskSpec::new("skipped").cron(skip),
        cron("open", "*/15 * * * *", "Europe/Berlin"),
        cron("never", "30 2 25-31 3 7", "Europe/Berlin"),
        cron("outside", "30 4 * * *", "Europe/Berlin"),
        cron("utc", "30 2 * * *", "UTC"),
        cron("off", "30 2 * * *", "Europe/Berlin").disabled(),
        TaskSpec::new("plain"),
    ];
    let table = TaskTable::of(&Rows(rows), &Settings::new()).unwrap();
    let notes = table.notes("node-1", time("2026-06-01T00:00:00Z"));
    let texts: Vec<_> = notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "`Manager.gap`: cron `30 2 * * *` Europe/Berlin: the clocks are set forward over 2027-03-28 02:30:00; \
             it runs at the end of the gap, 2027-03-28T01:00:00Z",
            "`Manager.skipped`: cron `30 2 * * *` America/New_York: the clocks are set forward over \
             2027-03-14 02:30:00; by `gap = skip` it does not run then",
            "`Manager.never`: cron `30 2 25-31 3 7` Europe/Berlin: the clocks are set forward over \
             2027-03-28 02:30:00; it runs at the end of the gap, 2027-03-28T01:00:00Z",
        ]
    );
    assert!(notes.iter().all(|note| note.kind == NoteKind::InGap));
}

#[test]
fn a_schedule_without_slots_is_told() {
    let table = TaskTable::of(&Rows(vec![cron("work", "0 0 1 1 *", "UTC")]), &Settings::new()).unwrap();
    assert_eq!(table.notes("", time("2261-01-01T00:00:00Z")), []);
    let notes = table.notes("", time("2262-01-01T00:00:00Z"));
    assert_eq!(notes[0].kind, NoteKind::NoSlots);
    assert!(notes[0].text.contains("it never runs by itself"), "{}", notes[0]);
}

#[test]
fn is_listed_with_its_zone() {
    let table =
        TaskTable::of(&Rows(vec![cron("work", "0 3 * * *", "Asia/Tokyo")]), &Settings::new()).unwrap();
    assert_eq!(table.to_string(), "Manager.work  cron `0 3 * * *` Asia/Tokyo\n");
}
