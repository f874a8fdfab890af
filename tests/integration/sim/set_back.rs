//! Tasks that follow a wall clock which was wrong and is set right.

use periodic::sim::{ScriptEvent, Simulation, Takes, Timeline};
use periodic::task::{Cron, Jitter, Missed, Overlap, RetrySpec, TaskSpec};
use std::time::Duration;

use super::{every, lines, with};

fn cron(text: &'static str) -> TaskSpec {
    TaskSpec::new("cron").cron(Cron::parse(text).unwrap())
}

/// The slots whose runs ended well, with their dates.
fn ran(timeline: &mut Timeline) -> Vec<String> {
    let runs = timeline.filter(|record| record.slot.started.is_some());
    runs.map(|record| record.scheduled().to_string()).collect()
}

/// The reports: by how many seconds the clock was set back, whether it was wrong before, and when tasks go on.
fn told(timeline: &Timeline) -> Vec<String> {
    let told = timeline.clock_set_backs().iter().map(|told| {
        let go_on: Vec<_> = told.go_on.iter().map(|(task, at)| format!("{} at {at}", task.task())).collect();
        format!("{} s, {}, {} tasks: {}", told.by.as_secs(), told.is_correction, told.tasks, go_on.join(", "))
    });
    told.collect()
}

/// A machine without a battery for its clock: it starts ten years ahead, and a time server sets it right.
fn years_ahead(spec: TaskSpec) -> Simulation {
    with([spec]).start("2036-03-01T15:00:10Z").at("5s", ScriptEvent::set_clock("2026-03-01T15:01:20Z"))
}

#[test]
fn a_clock_that_is_set_right_before_the_first_slot_starts_schedules_afresh() {
    for missed in [Missed::Coalesce, Missed::Skip, Missed::All(3)] {
        for spec in [cron("* * * * *"), every("align", 60).align()] {
            let mut timeline = years_ahead(spec.missed(missed)).run_for("1h").unwrap();
            let slots = ran(&mut timeline);
            assert_eq!(slots.len(), 60, "{missed:?}: {slots:?}");
            assert_eq!((&*slots[0], &*slots[59]), ("2026-03-01T15:02:00Z", "2026-03-01T16:01:00Z"));
            let told = told(&timeline);
            let [told] = &told[..] else { panic!("{told:?}") };
            assert!(told.contains("true, 1 tasks") && told.ends_with("at 2026-03-01T15:02:00Z"), "{told}");
        }
    }
}

#[test]
fn a_clock_two_hours_ahead_that_is_set_right_repeats_nothing_and_says_when_it_goes_on() {
    let mut timeline = with([cron("* * * * *")])
        .start("2026-03-01T15:00:00Z")
        .at("30s", ScriptEvent::set_clock_forward("2h"))
        .at("10m", ScriptEvent::set_clock_back("2h"))
        .run_for("3h")
        .unwrap();
    let slots = ran(&mut timeline);
    let (first, last) = (slots.first().unwrap(), slots.last().unwrap());
    assert_eq!((&**first, &**last), ("2026-03-01T17:00:00Z", "2026-03-01T17:59:00Z"));
    assert_eq!(slots.len(), 60, "each once: {slots:?}");
    assert_eq!(told(&timeline), ["7200 s, false, 1 tasks: cron at 2026-03-01T17:10:00Z"]);
}

#[test]
fn a_slot_before_the_start_is_run_where_the_clock_shows_it_after_all() {
    for (start, back, expected) in [
        // Nothing was decided when it was set.
        ("2026-03-01T15:10:00Z", "5m", ["14:00:00", "15:00:00", "16:00:00"]),
        // Four o'clock was, and is not repeated.
        ("2026-03-01T15:40:00Z", "25m", ["16:00:00", "15:00:00", "17:00:00"]),
    ] {
        let simulation = with([every("hourly", 3_600).align()]).start(start);
        let timeline = simulation.at(back, ScriptEvent::set_clock_back("80m")).run_for("200m").unwrap();
        let slots: Vec<_> = timeline.map(|record| record.slots()).collect();
        assert_eq!(slots[..3], expected);
    }
}

#[test]
fn a_clock_that_is_set_back_thrice_within_what_it_has_shown_repeats_no_slot_and_loses_none() {
    // Each time it is set back behind all that it has shown, and goes on until a slot was run.
    let mut timeline = with([every("quarter", 900).align()])
        .start("2026-03-01T15:10:00Z")
        .at("10m", ScriptEvent::set_clock("2026-03-01T14:40:00Z"))
        .at("20m", ScriptEvent::set_clock("2026-03-01T14:10:00Z"))
        .at("30m", ScriptEvent::set_clock("2026-03-01T13:40:00Z"))
        .run_for("160m")
        .unwrap();
    let slots: Vec<_> = ran(&mut timeline).iter().map(|slot| slot[11..16].to_owned()).collect();
    let expected = ["15:15", "14:45", "14:15", "13:45", "14:00", "14:30", "15:00", "15:30", "15:45"];
    assert_eq!(slots, expected);
}

#[test]
fn what_passed_around_a_slot_that_was_decided_is_missed_without_it() {
    // Half past two is decided, then the clock shows two o'clock; the machine sleeps over all of it.
    let simulation = with([every("half", 1_800).align()])
        .start("2026-03-01T14:10:00Z")
        .at("25m", ScriptEvent::set_clock("2026-03-01T13:50:00Z"))
        .at("26m", ScriptEvent::suspend("100m"));
    let timeline = simulation.run_for("3h").unwrap();
    let expected = [
        "1200: 14:30:00 half ok",
        "7566: 14:00:00 .. 15:00:00, 2 slots half coalesced into 15:30:00",
        "7566: 15:30:00 half ok",
        "9300: 16:00:00 half ok",
    ];
    let lines = lines(timeline);
    assert_eq!(lines.len(), expected.len(), "{lines:#?}");
    let without_times = |line: &str| line.split_once(": ").unwrap().1.to_owned();
    assert_eq!(
        lines.iter().map(|line| without_times(line)).collect::<Vec<_>>(),
        expected.iter().map(|line| without_times(line)).collect::<Vec<_>>()
    );
}

#[test]
fn steps_that_add_up_to_more_than_three_hours_are_a_correction() {
    let mut timeline = with([every("hourly", 3_600).align()])
        .start("2026-03-01T15:30:00Z")
        .at("150m", ScriptEvent::set_clock_back("100m"))
        .at("152m", ScriptEvent::set_clock_back("100m"))
        .run_for("5h")
        .unwrap();
    let slots: Vec<_> = ran(&mut timeline).iter().map(|slot| slot[11..16].to_owned()).collect();
    assert_eq!(slots, ["16:00", "17:00", "15:00", "16:00", "17:00"]);
    let told = told(&timeline);
    assert_eq!(
        told,
        [
            "6000 s, false, 1 tasks: hourly at 2026-03-01T18:00:00Z",
            "6000 s, true, 1 tasks: hourly at 2026-03-01T15:00:00Z"
        ]
    );
}

#[test]
fn a_task_that_was_paused_meanwhile_goes_on_at_the_new_time() {
    let mut timeline = years_ahead(cron("* * * * *"))
        .at("1s", ScriptEvent::pause("cron"))
        .at("10m", ScriptEvent::resume("cron"))
        .run_for("12m")
        .unwrap();
    let records: Vec<_> =
        timeline.by_ref().map(|record| format!("{} {}", record.slots(), record.label())).collect();
    assert_eq!(records, ["15:02:00 .. 15:11:00, 10 slots skipped: paused", "15:12:00 ok", "15:13:00 ok"]);
    assert_eq!(told(&timeline).len(), 1);
}

#[test]
fn what_a_pause_let_pass_on_the_wrong_clock_is_recorded_before_it_is_forgotten() {
    let timeline = with([cron("* * * * *")])
        .start("2036-03-01T15:00:10Z")
        .at("1s", ScriptEvent::pause("cron"))
        .at("5m", ScriptEvent::set_clock("2026-03-01T15:01:20Z"))
        .at("7m", ScriptEvent::resume("cron"))
        .run_for("8m")
        .unwrap();
    let records: Vec<_> = timeline.map(|record| format!("{} {}", record.slots(), record.label())).collect();
    // The clock was not read for half a minute, so it may have shown a minute past three since it was set.
    assert_eq!(
        records,
        [
            "15:01:00 .. 15:04:00, 4 slots skipped: paused",
            "15:01:00 .. 15:03:00, 3 slots skipped: paused",
            "15:04:00 ok"
        ]
    );
}

#[test]
fn a_run_that_is_going_while_the_clock_is_set_right_goes_on_and_so_does_its_task() {
    for overlap in [Overlap::Skip, Overlap::Queue, Overlap::Allow(2)] {
        let timeline = with([cron("* * * * *").overlap(overlap)])
            .task("cron", Takes::listed(["3m", "1s", "1s", "1s", "1s", "1s", "1s", "1s", "1s", "1s"]))
            .start("2036-03-01T15:00:10Z")
            .at("70s", ScriptEvent::set_clock("2026-03-01T15:01:20Z"))
            .run_for("8m")
            .unwrap();
        let records: Vec<_> =
            timeline.map(|record| (record.scheduled().to_string(), record.label())).collect();
        let (first, last) = (records[0].clone(), records.last().unwrap());
        assert!(
            records.iter().any(|(slot, label)| slot == "2036-03-01T15:01:00Z" && label == "ok"),
            "{first:?}"
        );
        assert_eq!((&*last.0, &*last.1), ("2026-03-01T15:08:00Z", "ok"), "{overlap:?}: {records:#?}");
    }
}

#[test]
fn a_retry_that_waits_is_over_when_the_next_slot_comes_at_the_new_time() {
    let retry = RetrySpec::new(3.try_into().unwrap())
        .doubling(Duration::from_secs(40))
        .ceiling(Duration::from_secs(60));
    let timeline = with([cron("0 * * * *").retry(retry)])
        .task("cron", Takes::fixed("1s").failing(1.0))
        .start("2036-03-01T14:59:50Z")
        .at("20s", ScriptEvent::set_clock("2026-03-01T09:59:30Z"))
        .run_for("2m")
        .unwrap();
    assert_eq!(lines(timeline)[..1], ["50: 15:00:00 cron failed"]);
}

#[test]
fn what_runs_are_moved_by_stays_within_their_slots() {
    let jittered = cron("* * * * *").jitter(Jitter::UpTo(Duration::from_secs(20)));
    let mut timeline = years_ahead(jittered).run_for("1h").unwrap();
    let slots = ran(&mut timeline);
    assert!((59..=60).contains(&slots.len()), "{slots:?}");
    assert_eq!(slots[0], "2026-03-01T15:02:00Z");
}

#[test]
fn a_first_run_at_once_is_one_run_more_and_no_more() {
    let mut timeline = years_ahead(cron("*/5 * * * *").run_immediately()).run_for("10m").unwrap();
    let expected = ["2036-03-01T15:00:10Z", "2026-03-01T15:05:00Z", "2026-03-01T15:10:00Z"];
    assert_eq!(ran(&mut timeline), expected);
}

#[test]
fn a_clock_that_is_set_while_the_machine_sleeps_is_found_set_when_it_wakes() {
    let mut timeline = with([cron("0 * * * *")])
        .start("2036-03-01T15:00:10Z")
        .at("1s", ScriptEvent::suspend("2h"))
        .at("7201s", ScriptEvent::set_clock("2026-03-01T09:59:00Z"))
        .run_for("3h")
        .unwrap();
    assert_eq!(ran(&mut timeline)[0], "2026-03-01T10:00:00Z");
}

#[test]
fn less_than_a_second_is_not_told_and_loses_no_slot() {
    let mut timeline = with([every("minutely", 60).align()])
        .start("2026-03-01T15:00:00.200Z")
        .at("1s", ScriptEvent::set_clock("2026-03-01T15:00:00.900Z"))
        .run_for("2m")
        .unwrap();
    // Since it was read last, it may have shown three o'clock.
    assert_eq!(ran(&mut timeline), ["2026-03-01T15:00:00Z", "2026-03-01T15:01:00Z"]);
    assert_eq!(told(&timeline), [""; 0]);
}

#[test]
fn a_schedule_that_fires_no_more_on_the_wrong_clock_fires_on_the_right_one() {
    let mut timeline = with([cron("0 0 29 2 *")])
        .start("2261-12-31T00:00:00Z")
        .at("5s", ScriptEvent::set_clock("2028-02-28T23:59:00Z"))
        .run_for("1h")
        .unwrap();
    assert_eq!(ran(&mut timeline), ["2028-02-29T00:00:00Z"]);
}
