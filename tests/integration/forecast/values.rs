use std::time::Duration;

use periodic::scheduler::{Scheduler, SchedulerOptions};
use periodic::sim::Takes;
use periodic::task::{Ended, Execution, Next, Overlap, Task, TaskName};
use periodic::time::{Instant, Now, Timestamp};

use super::{every, named, of};

#[test]
fn minutes_are_counted_one_after_the_other() {
    let forecast = of([every("one", 60), every("two", 120), every("half", 30)]).make().unwrap();
    // `half` starts first at 30 s, and at the full minute with the others.
    assert_eq!(forecast.starts_per_minute(), [1, 3, 4, 3, 4, 3, 4, 3, 4, 3]);
    assert_eq!((forecast.starts(), forecast.mean_per_minute().to_string()), (32, "3.2".into()));
    let worst = forecast.worst(2);
    assert_eq!(worst.iter().map(|minute| minute.starts).collect::<Vec<_>>(), [4, 4]);
    assert_eq!(worst[0].from, forecast.minute(2));
    assert_eq!(named(&worst[0].by_task), [("one", 1), ("two", 1), ("half", 2)]);
    assert_eq!(forecast.worst(1_000).len(), 10);
    let instant = forecast.busiest_instant().unwrap();
    assert_eq!((instant.from, instant.starts), (forecast.minute(2), 3));
}

#[test]
fn minutes_are_those_of_the_clock() {
    let forecast = of([every("one", 60)]).start("2026-11-01T12:00:40Z").make().unwrap();
    assert_eq!(forecast.starts_per_minute(), [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
    assert_eq!(forecast.minute(0).to_string(), "2026-11-01T12:00:00Z");
    assert_eq!(forecast.worst(1)[0].from.to_string(), "2026-11-01T12:01:00Z");
    let early = of([every("one", 60)]).start(Timestamp::from_secs(-90)).make().unwrap();
    assert_eq!(early.minute(0).to_string(), "1969-12-31T23:58:00Z");
}

#[test]
fn runs_at_once_are_told_with_their_names() {
    let forecast =
        of([every("long", 240), every("short", 60)]).takes("long", "150s").takes("short", "20s").make();
    let forecast = forecast.unwrap();
    // `long` goes from 4:00 to 6:30 and from 8:00 on; `short` at each full minute.
    assert_eq!(forecast.at_once_per_minute(), [0, 1, 1, 1, 2, 2, 2, 1, 2, 2]);
    assert_eq!(forecast.most_at_once(), 2);
    let peak = forecast.peak().unwrap();
    assert_eq!((peak.at, named(&peak.by_task)), (forecast.minute(4), vec![("long", 1), ("short", 1)]));
    let long = forecast.of_task("Manager.long").unwrap();
    assert_eq!((long.starts(), long.busy), (2, Duration::from_secs(150 + 120)), "it is cut at the end");
    let short = forecast.of_task("short").unwrap();
    assert_eq!(
        (short.starts(), short.busy, short.first),
        (9, Duration::from_secs(180), Some(forecast.minute(1)))
    );
    assert_eq!(forecast.mean_at_once().to_string(), "0.75");
}

#[test]
fn what_takes_too_long_loses_slots() {
    let spec = every("poll", 60);
    let forecast = of([spec]).takes("poll", "70s").make().unwrap();
    let poll = forecast.of_task("poll").unwrap();
    assert_eq!((poll.starts(), poll.lost()), (5, 4));
    let allowed = of([spec.overlap(Overlap::Allow(2.try_into().unwrap()))]).takes("*", "70s").make().unwrap();
    assert_eq!((allowed.of_task("poll").unwrap().starts(), allowed.most_at_once()), (9, 2));
}

#[test]
fn takes_are_those_of_the_simulator() {
    let takes = Takes::listed(["1s", "90s"]).ending([Ended::Ok(Next::OnSchedule)]);
    let forecast = of([every("poll", 60)]).takes("*", takes).make().unwrap();
    assert_eq!(forecast.starts_per_minute(), [0, 1, 1, 0, 1, 1, 0, 1, 1, 0]);
    let for_ever = of([every("poll", 60)]).takes("*", Takes::for_ever()).make().unwrap();
    assert_eq!((for_ever.starts(), for_ever.at_once_per_minute()[9]), (1, 1));
    let held =
        of([every("a", 60).execution(Execution::Inline), every("b", 60)]).takes("a", "30s").make().unwrap();
    assert_eq!(held.most_at_once(), 1, "an inline run holds the others up");
}

#[test]
fn measured_durations_come_from_a_status() {
    let mut scheduler = Scheduler::empty(SchedulerOptions::default(), Now::default());
    for name in ["poll", "gone"] {
        let task = Task::new(TaskName::new("Manager", name).unwrap(), every(name, 60));
        scheduler.add(task, Now::default()).unwrap();
    }
    let at = |secs| Now::new(Instant::from_secs(secs), Timestamp::from_secs(secs));
    let _ = scheduler.poll(at(60));
    while let Some(start) = scheduler.driver().hand_out(at(60)) {
        scheduler.driver().begin_run(start.id, at(60));
        scheduler.finished(start.id, Ended::Ok(Next::OnSchedule), at(85));
    }
    let status = scheduler.status(at(85));
    let new = Task::new(TaskName::new("Manager", "new").unwrap(), every("new", 60));
    let poll = Task::new(TaskName::new("Manager", "poll").unwrap(), every("poll", 60));
    let forecast = of([]).takes("*", "1s").measured(&status).with(new).with(poll).make().unwrap();
    assert_eq!(forecast.of_task("poll").unwrap().busy, Duration::from_secs(9 * 25));
    assert_eq!(forecast.of_task("new").unwrap().busy, Duration::from_secs(9));
}

#[test]
fn expectations_name_when_and_who() {
    let forecast = of([every("a", 60), every("b", 300)]).takes("*", "1s").make().unwrap();
    forecast.expect_at_most_per_minute(2).unwrap();
    forecast.expect_at_most_at_once(2).unwrap();
    assert_eq!(
        forecast.expect_at_most_per_minute(1).unwrap_err().to_string(),
        "expected at most 1 starts in each 1m, found:\n    2 from 2026-01-01T00:05:00Z on:\n           1  \
         Manager.a\n           1  Manager.b"
    );
    assert_eq!(
        forecast.expect_at_most_at_once(1).unwrap_err().to_string(),
        "expected at most 1 runs at once, found 2 at 2026-01-01T00:05:00Z:\n           1  Manager.a\n           \
         1  Manager.b"
    );
}

#[test]
fn an_empty_table_has_no_load() {
    let forecast = of([]).make().unwrap();
    assert_eq!((forecast.starts(), forecast.worst(3).len(), forecast.peak()), (0, 0, None));
    forecast.expect_at_most_per_minute(0).unwrap();
    assert!(forecast.to_string().starts_with("Load forecast, 10m from 2026-01-01T00:00:00Z: 0 tasks\n"));
}
