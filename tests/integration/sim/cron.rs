//! Cron tasks in the simulator, over changes of the clocks.

use periodic::sim::ScriptEvent;
use periodic::task::{Cron, Dst, DstGap, DstRepeat, TaskSpec};

use super::{every, lines, with};

const CHANGING: Dst = Dst::new().gap(DstGap::Skip).overlap(DstRepeat::Twice);

fn cron(name: &'static str, text: &'static str, dst: Dst) -> TaskSpec {
    TaskSpec::new(name).cron(Cron::parse(text).unwrap().tz("Europe/Berlin").dst(dst))
}

#[test]
fn a_week_in_which_the_clocks_are_set_forward() {
    let tasks = [cron("kept", "30 2 * * *", Dst::new()), cron("skipped", "30 2 * * *", CHANGING)];
    let timeline = with(tasks).start("2026-03-27T12:00:00Z").run_for("3d").unwrap();
    let slots: Vec<_> =
        timeline.map(|record| format!("{} {}", record.scheduled(), record.name().task())).collect();
    let expected = [
        "2026-03-28T01:30:00Z kept",
        "2026-03-28T01:30:00Z skipped",
        "2026-03-29T01:00:00Z kept",
        "2026-03-30T00:30:00Z kept",
        "2026-03-30T00:30:00Z skipped",
    ];
    assert_eq!(slots, expected);
}

#[test]
fn a_night_in_which_the_clocks_are_set_back() {
    let tasks =
        [cron("once", "30 2 * * *", Dst::new()), cron("twice", "30 2 * * *", CHANGING), every("poll", 3_600)];
    let timeline = with(tasks).start("2026-10-24T23:45:00Z").run_for("2h").unwrap();
    let expected = [
        "2700: 00:30:00 once ok",
        "2700: 00:30:00 twice ok",
        "3600: 00:45:00 poll ok",
        "6300: 01:30:00 twice ok",
    ];
    assert_eq!(lines(timeline), expected);
}

#[test]
fn a_year_has_as_many_slots_as_the_zone_has_hours() {
    let tasks = [cron("hours", "0 * * * *", Dst::new()), cron("nights", "30 2 * * *", CHANGING)];
    let year = with(tasks).start("2026-01-01T00:30:00Z").run_for("365d").unwrap();
    let counts = year.counts().unwrap();
    let runs: Vec<u64> = counts.all().map(|(_, counters)| counters.ok).collect();
    assert_eq!(runs, [365 * 24, 365], "one night has none, another two");
}

#[test]
fn its_spacing_cannot_be_set() {
    let simulation =
        with([cron("nights", "30 2 * * *", Dst::new())]).at("1h", ScriptEvent::set_spacing("nights", "10m"));
    let mut timeline = simulation.run_for("1d").unwrap();
    assert_eq!(timeline.by_ref().count(), 1);
    assert_eq!(timeline.refused().len(), 1);
}
