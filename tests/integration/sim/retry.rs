//! Attempts at a slot, as they are played.

use std::num::NonZeroU32;
use std::time::Duration;

use periodic::sim::fold::{Concurrency, Counts, Gaps, Lateness};
use periodic::sim::{ScriptEvent, Simulation, Takes};
use periodic::task::{Ended, Next, Outcome, RetrySpec, TaskError};

use super::{every, lines, with};

const THRICE: RetrySpec = RetrySpec::new(NonZeroU32::new(3).unwrap())
    .doubling(Duration::from_secs(2))
    .ceiling(Duration::from_secs(10));

fn failed() -> Ended {
    Ended::Failed(TaskError::new("no route"))
}

/// Each fifth attempt ends well, each takes a second.
fn flaky() -> Simulation {
    let ends = [failed(), failed(), failed(), failed(), Ended::Ok(Next::OnSchedule)];
    with([every("poll", 20).retry(THRICE)]).task("poll", Takes::fixed("1s").ending(ends))
}

#[test]
fn ends_are_listed_by_attempt_and_the_slot_ends_as_the_last() {
    assert_eq!(
        lines(flaky().run_for("75s").unwrap()),
        [
            "29: 00:00:20 poll failed, 3 attempts",
            "44: 00:00:40 poll ok, 2 attempts",
            "69: 00:01:00 poll failed, 3 attempts",
        ]
    );
    let record = flaky().run_for("75s").unwrap().next().unwrap();
    let attempts =
        record.slot.attempts.iter().map(|one| (one.started.as_nanos() / 1_000_000_000, &one.outcome));
    let no_route = Outcome::from(failed());
    assert_eq!(attempts.collect::<Vec<_>>(), [(20, &no_route), (23, &no_route), (28, &no_route)]);
    assert_eq!(
        (record.attempted(), record.lateness(), record.elapsed().unwrap().as_secs()),
        (3, Some(Duration::ZERO), 9)
    );
}

#[test]
fn a_run_that_backs_off_leaves_its_place() {
    let simulation = with([every("fails", 60).retry(THRICE), every("other", 61)]);
    let simulation =
        simulation.task("fails", Takes::fixed("0s").failing(1.0)).task("other", Takes::fixed("3s"));
    assert_eq!(
        lines(simulation.limit(1).run_for("100s").unwrap()),
        ["64: 00:01:01 other ok", "68: 00:01:00 fails failed, 3 attempts"],
        "the second attempt, due at 62, waits until 64"
    );
}

#[test]
fn folds_tell_attempts_from_runs() {
    let mut folds = (Counts::default(), Gaps::default(), Lateness::default(), Concurrency::default());
    flaky().run_for("1h").unwrap().play(&mut folds);
    let (counts, gaps, lateness, concurrency) = folds;
    let counters = counts.of("poll").unwrap();
    // Of each two slots one takes three attempts and one two.
    assert_eq!((counters.runs, counters.retries), (179, 90 * 2 + 89));
    assert_eq!((counters.failed, counters.ok), (90, 89));
    assert_eq!(gaps.of("poll").unwrap().most, Duration::from_secs(20));
    assert_eq!(gaps.of("poll").unwrap().least, Duration::from_secs(20));
    assert_eq!((lateness.most().unwrap().by, concurrency.most()), (Duration::ZERO, 1));
}

#[test]
fn a_stop_ends_a_back_off_and_the_end_of_the_simulation_leaves_it_unfinished() {
    let mut timeline = flaky().run_for("22s").unwrap();
    assert_eq!((timeline.by_ref().count(), timeline.unfinished()), (0, 1));
    let stopped = flaky().at("22s", ScriptEvent::stop()).run_for("1m").unwrap();
    assert_eq!(lines(stopped), ["22: 00:00:20 poll failed"]);
    let suspended = flaky().at("22s", ScriptEvent::suspend("10s")).run_for("40s").unwrap();
    assert_eq!(
        lines(suspended),
        ["39: 00:00:20 poll failed, 3 attempts"],
        "due at 23, late at 33, as the runner slept"
    );
}
