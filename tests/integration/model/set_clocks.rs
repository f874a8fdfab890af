//! A clock that is set again and again, held against the contract alone: no model, and a scheduler that only polls.

use std::collections::BTreeSet;

use periodic::scheduler::{Scheduler, SchedulerOptions};
use periodic::task::{Ended, Interval, Missed, Next, Task, TaskError, TaskName, TaskSpec};

use super::moment::{nanos, tick};
use super::rehearsal::START;

/// Three hours.
const CORRECTION: i64 = 21_600;

/// Plays steps for one task, each run of which ends at once, well or badly. At each step the given time has passed, the
/// clock has been set by the given step, and it is polled.
pub(super) fn check(spacing: i64, align: bool, missed: Missed, steps: &[(i64, i64)], ends: &[bool]) {
    let spec = TaskSpec::new("").every(Interval::from_nanos(nanos(spacing))).missed(missed);
    let spec = if align { spec.align() } else { spec };
    let mut scheduler = Scheduler::empty(SchedulerOptions::default(), START.now());
    scheduler.add(Task::new(TaskName::new("Manager", "task").unwrap(), spec), START.now()).unwrap();
    let (mut moment, mut ends) = (START, ends.iter().cycle());
    let (mut decided, mut furthest) = (BTreeSet::new(), None::<i64>);
    let mut covered: Option<i64> = None;
    for &(later, set) in steps {
        let before = moment;
        moment = moment.later(later);
        moment.wall += set;
        // It is read each half a minute, so it was set no longer ago.
        let (would, from) = (before.at(moment.boot).wall, moment.wall - later.min(60));
        let is_set_back = moment.wall < would;
        if is_set_back {
            let latest = furthest.map_or(would, |furthest| furthest.max(would));
            furthest = (latest - moment.wall <= CORRECTION).then_some(latest);
            if furthest.is_none() {
                decided.clear();
            }
        }
        let _ = scheduler.poll(moment.now());
        while let Some(start) = scheduler.start_next(moment.now()) {
            let (at, window) = (tick(start.slot.at.as_nanos()), start.window);
            assert_eq!(window.end, start.slot.scheduled);
            assert_eq!(window.start.is_some(), covered.is_some());
            if let (Some(start), Some(covered)) = (window.start, covered) {
                let length = tick(window.end.as_nanos() - start.as_nanos());
                assert!(length >= 0, "{window:?} is inverted");
                assert!(at - length <= covered, "{window:?} leaves out what came after {covered}");
            }
            let good = *ends.next().unwrap();
            if good {
                covered = Some(at);
            }
            let ended =
                if good { Ended::Ok(Next::OnSchedule) } else { Ended::Failed(TaskError::new("no luck")) };
            scheduler.finished(start.id, ended, moment.now());
        }
        let mut fresh = BTreeSet::new();
        for record in core::iter::from_fn(|| scheduler.take_record()).filter(|_| align) {
            let [first, last] = [record.first, record.last].map(|slot| tick(slot.scheduled.as_nanos()));
            let is_new = |slot: &i64| slot % spacing == 0 && !decided.contains(slot) && !fresh.contains(slot);
            let all: Vec<i64> = (first..=last).filter(is_new).collect();
            assert_eq!(all.len() as u64, record.count, "none twice, none left out: {record:?}");
            fresh.extend(all);
        }
        if align {
            // All that the clock may have shown since it was read before, and that was not decided.
            let since = if is_set_back { from.min(before.wall + 1) } else { before.wall + 1 };
            let shown = since..=moment.wall;
            let all = shown.filter(|slot| slot % spacing == 0 && !decided.contains(slot));
            assert_eq!(fresh, all.collect(), "at {moment:?}, set by {set}");
            decided.extend(fresh);
        }
    }
}
