//! A cron task in the scheduler, which is told both clocks.

use std::time::Duration;

use periodic::scheduler::{ControlError, Scheduler, SchedulerOptions, SlotRecord, Triggered};
use periodic::task::{
    Cron, Ended, Interval, Jitter, Missed, Next, Outcome, SkipReason, SlotKind, Task, TaskName, TaskSpec,
};
use periodic::time::{Instant, Now, Timestamp};

use super::time;

const DAY: Duration = Duration::from_secs(86_400);

fn cron(text: &'static str) -> TaskSpec {
    TaskSpec::new("work").cron(Cron::parse(text).unwrap().tz("Europe/Berlin"))
}

/// A scheduler of one task, and the time at which it starts.
fn started(spec: TaskSpec, wall: &str) -> (Scheduler, Now) {
    let start = Now { boot: Instant::from_secs(1_000), wall: time(wall) };
    let mut scheduler = Scheduler::empty(SchedulerOptions::default().node("node-1"), start);
    scheduler.add(Task::new(TaskName::new("Manager", "work").unwrap(), spec), start).unwrap();
    (scheduler, start)
}

/// Looks once, starts the ready runs, and returns the records.
fn look(scheduler: &mut Scheduler, now: Now) -> Vec<SlotRecord> {
    let _ = scheduler.poll(now);
    while let Some(run) = scheduler.start_next(now) {
        scheduler.finished(run.id, Ended::Ok(Next::OnSchedule), now);
    }
    std::iter::from_fn(|| scheduler.take_record()).collect()
}

fn outcomes(records: &[SlotRecord]) -> Vec<(String, u64, Outcome)> {
    records
        .iter()
        .map(|record| (record.first.scheduled.to_string(), record.count, record.outcome.clone()))
        .collect()
}

#[test]
fn wakes_for_its_slot_and_looks_at_the_clock_meanwhile() {
    let (mut scheduler, start) = started(cron("0 3 * * *"), "2026-01-01T01:59:50Z");
    assert_eq!(scheduler.poll(start).wake_at, start.boot + Duration::from_secs(10));
    let (mut scheduler, start) = started(cron("0 3 * * *"), "2026-01-01T01:00:00Z");
    assert_eq!(scheduler.poll(start).wake_at, start.boot + Duration::from_secs(30));
}

#[test]
fn a_year_of_seconds_that_passed_in_a_pause_is_one_record() {
    let (mut scheduler, start) = started(cron("* * * * * *"), "2027-01-01T00:00:00Z");
    scheduler.pause("work", start).unwrap();
    let later = start.after(365 * DAY);
    scheduler.resume("work", later).unwrap();
    let record = scheduler.take_record().unwrap();
    assert_eq!(record.outcome, Outcome::Skipped(SkipReason::Paused));
    // The slot at the very instant belongs to the state after it.
    assert_eq!(record.count, 365 * 86_400 - 1);
    assert_eq!(record.first.scheduled, time("2027-01-01T00:00:01Z"));
    assert_eq!(record.last.scheduled, time("2027-12-31T23:59:59Z"));
    assert_eq!(scheduler.take_record(), None);
}

#[test]
fn what_passed_is_coalesced_or_caught_up_across_a_change_of_the_clocks() {
    let (mut scheduler, start) = started(cron("30 2 * * *"), "2026-03-28T00:00:00Z");
    let records = look(&mut scheduler, start.after(3 * DAY));
    let slots = ["2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z"];
    assert_eq!(records[0].first.scheduled, time(slots[0]));
    assert_eq!((records[0].count, records[0].last.scheduled), (2, time("2026-03-29T01:00:00Z")));
    assert!(matches!(records[0].outcome, Outcome::Coalesced(into) if into.scheduled == time(slots[1])));
    assert_eq!(outcomes(&records[1..]), [(slots[1].into(), 1, Outcome::Ok)]);

    let all = cron("30 2 * * *").missed(Missed::All(2));
    let (mut scheduler, start) = started(all, "2026-03-28T00:00:00Z");
    let records = look(&mut scheduler, start.after(3 * DAY));
    let expected = [
        (slots[0].into(), 1, Outcome::Skipped(SkipReason::Missed)),
        ("2026-03-29T01:00:00Z".into(), 1, Outcome::Ok),
        (slots[1].into(), 1, Outcome::Ok),
    ];
    assert_eq!(outcomes(&records), expected);
}

#[test]
fn a_clock_set_back_repeats_nothing_and_one_set_forward_misses() {
    let (mut scheduler, start) = started(cron("0 * * * *"), "2026-01-01T00:30:00Z");
    let hour = Duration::from_secs(3_600);
    assert_eq!(look(&mut scheduler, start.after(hour)).len(), 1);
    let back = Now { boot: start.boot + 2 * hour, wall: start.wall };
    assert_eq!(look(&mut scheduler, back), []);
    assert_eq!(look(&mut scheduler, back.after(hour)), [], "one o'clock was decided");
    assert_eq!(look(&mut scheduler, back.after(2 * hour)).len(), 1);
    let forward = Now { boot: back.boot + 2 * hour, wall: start.wall + 10 * hour };
    let records = look(&mut scheduler, forward);
    assert_eq!(records.iter().map(|record| record.count).collect::<Vec<_>>(), [7, 1]);
}

#[test]
fn running_at_once_is_one_slot_more() {
    let (mut scheduler, start) = started(cron("0 3 * * *").run_immediately(), "2026-01-01T01:00:00Z");
    let records = look(&mut scheduler, start);
    assert_eq!(records[0].first.kind, SlotKind::Extra);
    let records = look(&mut scheduler, start.after(Duration::from_secs(3_600)));
    assert_eq!(records[0].first.kind, SlotKind::Scheduled);
    assert_eq!(records[0].first.scheduled, time("2026-01-01T02:00:00Z"));
}

#[test]
fn jitter_is_a_share_of_the_way_to_the_next_slot_and_ends_before_it() {
    // At nine, and again a minute later; then not for a day.
    for (jitter, most) in [(Jitter::Share(500_000), [30, 43_170]), (Jitter::UpTo(DAY), [59, 86_339])] {
        let (scheduler, start) = started(cron("0,1 9 * * *").jitter(jitter), "2026-01-01T00:00:00Z");
        let (mut scheduler, mut now, mut delays) = (scheduler, start, [Vec::new(), Vec::new()]);
        for run in 0..60 {
            let slot = scheduler.status_of("work", now).unwrap().next.unwrap();
            now = now.after(slot.at - now.boot);
            let delay = scheduler.status_of("work", now).unwrap().due_in.unwrap();
            delays[run % 2].push(delay.as_secs());
            now = now.after(delay);
            assert_eq!(look(&mut scheduler, now).iter().map(|record| record.count).sum::<u64>(), 1);
        }
        for (delays, most) in delays.iter().zip(most) {
            let longest = delays.iter().max().unwrap();
            assert!((most * 3 / 4..=most).contains(longest), "{jitter:?}: {longest} of {most}");
        }
    }
}

#[test]
fn the_hash_differs_by_node_and_stays() {
    let calendar = |node: &str| {
        let name = TaskName::new("Manager", "work").unwrap();
        Task::new(name, cron("H H * * *")).calendar(node).unwrap().next_after(Timestamp::from_secs(0))
    };
    assert_eq!(calendar("node-1"), calendar("node-1"));
    let nodes: std::collections::HashSet<_> =
        (0..100).map(|node| calendar(&format!("node-{node}"))).collect();
    assert!(nodes.len() > 80, "{}", nodes.len());
    assert_eq!(calendar("node-1").unwrap().to_string(), "1970-01-01T11:17:00Z");
}

#[test]
fn has_no_spacing_to_set() {
    let (mut scheduler, start) = started(cron("0 3 * * *"), "2026-01-01T00:00:00Z");
    let error = scheduler.set_spacing("work", Interval::from_secs(5), start).unwrap_err();
    assert!(matches!(error, ControlError::NoSpacing(_)));
    assert!(error.to_string().starts_with("`Manager.work` runs by a cron expression"), "{error}");
    assert_eq!(scheduler.trigger("work", start), Ok(Triggered::Starts));
}

#[test]
fn the_end_of_time_is_no_slot() {
    let (mut scheduler, start) = started(cron("0 0 1 1 *"), "2261-06-01T00:00:00Z");
    assert_eq!(look(&mut scheduler, start.after(220 * DAY)).len(), 1);
    assert_eq!(look(&mut scheduler, start.after(300 * DAY)), []);

    let (mut scheduler, start) = started(cron("0 0 1 1 *"), "2261-06-01T00:00:00Z");
    scheduler.pause("work", start).unwrap();
    scheduler.resume("work", start.after(220 * DAY)).unwrap();
    assert_eq!(look(&mut scheduler, start.after(300 * DAY)).len(), 1, "the one that passed in the pause");
    assert_eq!(scheduler.status_of("work", start.after(300 * DAY)).unwrap().next, None);
}
