use std::time::Duration;

use periodic::sim::fold::{Counts, Gaps};
use periodic::sim::{ScriptEvent, Takes, Timeline};
use periodic::task::{Execution, FirstRun, TaskSpec};

use super::{every, with};

const fn shifted(name: &'static str, seconds: i64, first: u64) -> TaskSpec {
    let mut spec = every(name, seconds);
    spec.first = FirstRun::After(Duration::from_secs(first));
    spec
}

fn two() -> Timeline {
    with([shifted("even", 120, 59), shifted("odd", 120, 61)]).run_for("10m").unwrap()
}

#[test]
fn a_burst_lies_where_it_lies() {
    let bursts = two().starts_within("10s").unwrap();
    assert_eq!(bursts.most(), 2);
    bursts.expect_at_most(2).unwrap();
    assert_eq!(
        bursts.expect_at_most(1).unwrap_err().to_string(),
        "expected at most 1 starts within 10s, found 2 from 2026-01-01T00:00:59Z on:\n    \
         00:00:59  Manager.even\n    00:01:01  Manager.odd"
    );
    // The end of the time is not in it.
    assert_eq!(two().starts_within("2s").unwrap().most(), 1);
}

#[test]
fn a_full_minute_is_a_full_minute() {
    let minutes = two().starts_per("1m").unwrap();
    assert_eq!((minutes.most(), minutes.total()), (1, 10));
    let odd = two().starts_per("2m").unwrap();
    assert_eq!(odd.most(), 2);
    assert_eq!(odd.fullest().len(), 5);
    assert_eq!(
        odd.expect_at_most(1).unwrap_err().to_string().lines().take(4).collect::<Vec<_>>(),
        [
            "expected at most 1 starts in each 2m, found:",
            "    2 from 2026-01-01T00:00:00Z on:",
            "           1  Manager.even",
            "           1  Manager.odd",
        ]
    );
}

#[test]
fn runs_at_once_are_counted_with_those_that_cannot_be_ended() {
    let stuck = every("stuck", 60).execution(Execution::Blocking).timeout(Duration::from_secs(1));
    let simulation = with([stuck, every("poll", 70), every("instant", 70)])
        .task("stuck", Takes::fixed("30s"))
        .task("poll", Takes::fixed("5s"));
    let concurrency = simulation.clone().run_for("2m").unwrap().concurrency().unwrap();
    assert_eq!(
        concurrency.expect_at_most(2).unwrap_err().to_string(),
        "expected at most 2 runs at once, found 3 at 2026-01-01T00:01:10Z:\n         \
         1  Manager.stuck\n         1  Manager.poll\n         1  Manager.instant"
    );
    concurrency.expect_at_most(3).unwrap();
    let never = |one: &str, other: &str| {
        simulation.clone().run_for("100s").unwrap().expect_never_together(one, other)
    };
    assert_eq!(
        never("poll", "stuck").unwrap_err().to_string(),
        "expected `Manager.stuck` and `Manager.poll` never to run at once, found `Manager.poll` starting at \
         2026-01-01T00:01:10Z"
    );
    assert_eq!(
        never("pol", "stuck").unwrap_err().to_string(),
        "no task is called `pol`; did you mean `Manager.poll`?"
    );
    with([shifted("one", 20, 10), shifted("other", 20, 20)])
        .task("*", Takes::fixed("10s"))
        .run_for("1h")
        .unwrap()
        .expect_never_together("one", "other")
        .unwrap();
}

#[test]
fn lateness_is_that_of_starts() {
    let simulation =
        with([every("a", 10), every("b", 10)]).limit(1).task("a", Takes::listed(["0s", "0s", "0s", "4s"]));
    let lateness = simulation.run_for("81s").unwrap().lateness().unwrap();
    assert_eq!(lateness.percentile(50), Duration::ZERO);
    assert_eq!(lateness.percentile(100), Duration::from_secs(4));
    assert_eq!(
        lateness.expect_at_most(Duration::from_secs(3)).unwrap_err().to_string(),
        "expected starts at most 3s after their slots, found:\n    \
         Manager.b starts 4s after its slot at 2026-01-01T00:00:40Z"
    );
    lateness.expect_at_most(Duration::from_secs(4)).unwrap();
}

#[test]
fn gaps_and_counts() {
    let simulation = with([every("poll", 60), every("other", 3600)]).at("90s", ScriptEvent::suspend("10m"));
    let mut folds = (Gaps::default(), Counts::default());
    simulation.run_for("30m").unwrap().play(&mut folds);
    let (gaps, counts) = folds;
    assert_eq!(
        gaps.expect_at_most("poll", Duration::from_secs(60)).unwrap_err().to_string(),
        "expected `poll` to start at least every 1m, found 11m after its start at 2026-01-01T00:01:00Z"
    );
    gaps.expect_at_most("poll", Duration::from_secs(660)).unwrap();
    assert_eq!(
        gaps.expect_at_most("other", Duration::from_secs(60)).unwrap_err().to_string(),
        "expected `other` to start at least every 1m, found no second start"
    );
    assert_eq!(counts.of("poll").unwrap().coalesced, 10);
    assert_eq!(
        counts.expect_all_ok().unwrap_err().to_string(),
        "expected every slot to end `ok`, found:\n    Manager.poll: 19 ok, 10 coalesced"
    );
}
