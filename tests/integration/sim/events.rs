use periodic::sim::{ScriptEvent, Simulation, Takes};
use periodic::task::{Execution, Missed, TaskName};

use super::{every, lines, task, with};

fn played(simulation: Simulation, length: &str) -> Vec<String> {
    let mut timeline = simulation.run_for(length).unwrap();
    let records = timeline.by_ref().map(|record| {
        let decided = record.slot.decided.as_nanos() / 1_000_000_000;
        format!("{decided}: {} {}", record.slots(), record.label())
    });
    let records = records.collect();
    assert_eq!(timeline.refused(), []);
    records
}

#[test]
fn nothing_happens_while_the_machine_is_suspended() {
    let simulation =
        with([every("poll", 60)]).task("poll", Takes::fixed("20s")).at("70s", ScriptEvent::suspend("10m"));
    // The run takes 20 s of the time that the machine was up; the runner would have looked again after 120 s.
    let expected =
        ["680: 00:01:00 ok", "680: 00:02:00 .. 00:11:00, 10 slots skipped: overlap", "740: 00:12:00 ok"];
    assert_eq!(played(simulation, "750s"), expected);
}

#[test]
fn what_a_suspend_lets_pass_is_missed() {
    let poll = every("poll", 60).missed(Missed::All(2));
    let simulation = with([poll]).at("70s", ScriptEvent::suspend("10m"));
    let expected = [
        "60: 00:01:00 ok",
        "720: 00:02:00 .. 00:10:00, 9 slots skipped: missed",
        "720: 00:11:00 ok",
        "720: 00:12:00 ok",
    ];
    assert_eq!(played(simulation, "725s"), expected);
}

#[test]
fn a_clock_that_is_set_moves_aligned_slots_alone() {
    let specs = [every("aligned", 600).align(), every("poll", 600)];
    let timeline = with(specs)
        .start("2026-03-28T09:01:00Z")
        .at("10m", ScriptEvent::set_clock_back("5m"))
        .at("20m", ScriptEvent::set_clock_forward("5m"))
        .at("25m", ScriptEvent::set_clock("2026-03-28T10:29:30Z"))
        .run_for("31m")
        .unwrap();
    let expected = [
        "540: 09:10:00 aligned ok",
        // The clock was set back just before.
        "600: 09:06:00 poll ok",
        "1200: 09:20:00 aligned ok",
        "1200: 09:21:00 poll ok",
        "1500: 09:30:00 .. 10:10:00, 5 slots aligned coalesced into 10:20:00",
        "1500: 10:20:00 aligned ok",
        "1530: 10:30:00 aligned ok",
        "1800: 10:34:30 poll ok",
    ];
    let lines = lines(timeline);
    assert_eq!(lines, expected);
}

#[test]
fn controls_do_what_they_do_in_production() {
    let simulation = with([every("poll", 60).disabled()])
        .at("1m", ScriptEvent::enable("poll"))
        .at("150s", ScriptEvent::pause("poll"))
        .at("160s", ScriptEvent::trigger("poll"))
        .at("5m", ScriptEvent::resume("poll"))
        .at("6m", ScriptEvent::set_spacing("poll", "10s"))
        .at("375s", ScriptEvent::disable("Manager.poll"));
    let expected = [
        "120: 00:02:00 ok",
        "160: 00:02:40 ok",
        "300: 00:03:00 .. 00:04:00, 2 slots skipped: paused",
        "300: 00:05:00 ok",
        "360: 00:06:00 ok",
        "370: 00:06:10 ok",
    ];
    assert_eq!(played(simulation, "10m"), expected);
}

#[test]
fn tasks_come_and_go() {
    let simulation = Simulation::default()
        .at("1m", ScriptEvent::add(task(every("poll", 30))))
        .task("po*", Takes::listed(["1s", "50s"]))
        .at("130s", ScriptEvent::remove(TaskName::new("Manager", "poll").unwrap()));
    assert_eq!(played(simulation, "10m"), ["91: 00:01:30 ok", "170: 00:02:00 ok"]);
}

#[test]
fn a_stop_gives_runs_their_grace() {
    let simulation =
        with([every("short", 60), every("long", 60), every("stuck", 60).execution(Execution::Blocking)])
            .task("short", Takes::fixed("10s"))
            .task("long", Takes::fixed("50s"))
            .task("stuck", Takes::for_ever())
            .grace("20s")
            .at("65s", ScriptEvent::stop());
    let timeline = simulation.run_for("10m").unwrap();
    let expected = ["70: 00:01:00 short ok", "85: 00:01:00 long cancelled", "85: 00:01:00 stuck cancelled"];
    assert_eq!(lines(timeline), expected);
}

#[test]
fn a_restart_begins_a_new_grid_after_the_stop() {
    let simulation = with([every("poll", 60).run_immediately()])
        .task("poll", Takes::listed(["0s", "30s"]))
        .at("65s", ScriptEvent::restart_after("10s"));
    // The second run ends at 90 s, so the process is up again at 100 s.
    let expected = ["0: 00:00:00 ok", "90: 00:01:00 ok", "100: 00:01:40 ok"];
    assert_eq!(played(simulation, "2m"), expected);
}

#[test]
fn a_blocking_run_that_passes_its_timeout_goes_on() {
    let poll = every("poll", 60).execution(Execution::Blocking).timeout(std::time::Duration::from_secs(10));
    let simulation = with([poll]).task("poll", Takes::listed(["90s", "0s"]));
    let expected = ["70: 00:01:00 timed_out", "150: 00:02:00 skipped: overlap", "180: 00:03:00 ok"];
    assert_eq!(played(simulation, "4m"), expected);
}

#[test]
fn an_inline_run_holds_the_others() {
    let specs = [every("inline", 60).execution(Execution::Inline), every("poll", 70)];
    let timeline = with(specs).task("inline", Takes::fixed("25s")).run_for("2m").unwrap();
    assert_eq!(lines(timeline), ["85: 00:01:00 inline ok", "85: 00:01:10 poll ok"]);
}

#[test]
fn what_has_not_ended_at_the_end_is_no_record() {
    let mut timeline = with([every("poll", 60)]).task("poll", Takes::for_ever()).run_for("3m").unwrap();
    let records: Vec<String> = timeline.by_ref().map(|record| record.to_string()).collect();
    assert_eq!(records, ["00:02:00  Manager.poll  skipped: overlap"]);
    assert_eq!(timeline.unfinished(), 1);
}

#[test]
fn a_refused_event_is_told() {
    let simulation = with([every("poll", 60).disabled()])
        .at("1m", ScriptEvent::pause("poll"))
        .at("2m", ScriptEvent::restart_after("1m"))
        .at("150s", ScriptEvent::trigger("poll"));
    let mut timeline = simulation.clone().run_for("10m").unwrap();
    assert_eq!(timeline.by_ref().count(), 0);
    let expected = "`pause(poll)` at 1m was refused: `Manager.poll` is left out, because it is disabled; \
                    `enable` it first\n\
                    `trigger(poll)` at 2m30s was refused: the service is not running";
    let refused: Vec<String> = timeline.refused().iter().map(ToString::to_string).collect();
    assert_eq!(refused.join("\n"), expected);
    assert_eq!(simulation.clone().run_for("10m").unwrap().counts().unwrap_err().to_string(), expected);
    assert_eq!(simulation.run_for("10m").unwrap().expect([]).unwrap_err().to_string(), expected);
}
