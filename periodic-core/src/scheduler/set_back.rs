//! The effect of a wall clock that is set back on the tasks that follow it, and the report of it for the log.

use core::time::Duration;

use super::clocks::SetBack;
use super::row::Row;
use super::scheduler::Scheduler;
use super::set_back_report::ClockSetBack;
use super::visit::Upto;
use crate::task::TaskName;
use crate::time::{Now, Timestamp};

/// The least step that is reported, in nanoseconds: a shorter one delays no task noticeably.
const LEAST_REPORTED: i64 = 1_000_000_000;

/// The least time between two reports.
const REPORT_INTERVAL: Duration = Duration::from_secs(10);

/// The most tasks that a report names.
const MAX_NAMED: usize = 5;

impl Scheduler {
    /// Whether [`take_clock_set_back`](Self::take_clock_set_back) may return a report.
    #[inline]
    pub fn has_clock_set_back(&self) -> bool {
        self.set_back_report.pending.is_some()
    }

    /// Takes the report of a wall clock that was set back, for the driver's log.
    ///
    /// There is at most one report in ten seconds; it sums up all steps since the one before. Once the scheduler is
    /// stopped, the last report is available at once.
    pub fn take_clock_set_back(&mut self) -> Option<ClockSetBack> {
        if self.now < self.set_back_report.not_before && !self.stopping {
            return None;
        }
        let report = self.set_back_report.pending.take()?;
        self.set_back_report.not_before = self.now + REPORT_INTERVAL;
        Some(*report)
    }

    /// Takes a reading of both clocks, before any decision based on it; returns it as [`forward`](Self::forward) does.
    #[inline]
    pub(super) fn read(&mut self, now: Now) -> Now {
        let now = self.take_reading(now);
        self.forward(now)
    }

    /// Takes a reading of both clocks; returns it with its wall clock corrected.
    #[inline]
    pub(super) fn take_reading(&mut self, now: Now) -> Now {
        if self.clocks.take(now) { now } else { self.take_other_reading(now) }
    }

    #[cold]
    #[inline(never)]
    fn take_other_reading(&mut self, now: Now) -> Now {
        let (now, set_back) = self.clocks.take_otherwise(now);
        if let Some(set_back) = set_back {
            self.go_back(&set_back, now);
        }
        now
    }

    /// Whether a reading of `now` would find the wall clock set back, and tasks go back with it.
    pub(super) fn would_go_back(&self, now: Now) -> bool {
        self.clocks.is_followed && !self.awaits_start && self.clocks.is_set_back(now)
    }

    fn go_back(&mut self, set_back: &SetBack, now: Now) {
        let now = self.forward(now);
        self.effects.set_back_at = now.boot;
        if self.awaits_start || !self.clocks.is_followed {
            // No slot of the wall clock has passed.
            return;
        }
        self.effects.ready.next_generation();
        let (mut tasks, mut go_on) = (0, Vec::new());
        for id in self.places() {
            let Some((row, mut visit)) = self.step_of(id, set_back.before) else { continue };
            if !row.follows_the_wall() {
                continue;
            }
            let settles = set_back.is_correction || row.lets_slots_pass();
            if settles {
                // These slots will not recur, or have passed although nothing was recorded.
                row.settle(&mut visit, Upto::Including);
            }
            let has_moved = row.set_back(set_back, now);
            tasks += 1;
            if let Some(next) = row.next_on_the_wall() {
                note(&mut go_on, row, next);
            }
            if has_moved || settles {
                self.requeue(id);
            }
        }
        if tasks > 0 && set_back.by >= LEAST_REPORTED {
            let named = |(next, id)| Some((self.name_of(id)?, Timestamp::from_nanos(next)));
            let go_on = go_on.into_iter().filter_map(named).collect();
            self.set_back_report.add(*set_back, now, tasks, go_on);
        }
    }

    fn name_of(&self, id: u32) -> Option<TaskName> {
        Some(self.rows.get(id as usize)?.as_ref()?.name().clone())
    }
}

/// Keeps the rows with the latest next slots.
fn note(go_on: &mut Vec<(i64, u32)>, row: &Row, next: i64) {
    let place = go_on.partition_point(|(other, _)| *other >= next);
    if place < MAX_NAMED {
        go_on.truncate(MAX_NAMED - 1);
        go_on.insert(place, (next, row.id.place));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheduler::SchedulerOptions;
    use crate::spec::{Interval, Missed, Overlap, TaskSpec};
    use crate::task::{Ended, Next, Task, Window};
    use crate::time::Instant;

    const HOUR: i64 = 3_600;

    fn at(boot: i64, wall: i64) -> Now {
        Now::new(Instant::from_secs(boot), Timestamp::from_secs(wall))
    }

    /// A task each ten minutes of a wall clock that shows `wall` at the start.
    fn scheduler(wall: i64) -> Scheduler {
        let mut scheduler = Scheduler::empty(SchedulerOptions::default(), at(0, wall));
        let spec = TaskSpec::new("").every(Interval::from_secs(600)).align();
        scheduler.add(Task::new(TaskName::new("Manager", "task").unwrap(), spec), at(0, wall)).unwrap();
        scheduler
    }

    /// Polls; returns the slots that run, in seconds of the wall clock.
    fn poll(scheduler: &mut Scheduler, now: Now) -> Vec<i64> {
        let _ = scheduler.poll(now);
        let mut slots = Vec::new();
        while let Some(start) = scheduler.start_next(now) {
            slots.push(start.slot.scheduled.as_nanos() / 1_000_000_000);
            scheduler.finished(start.id, Ended::Ok(Next::OnSchedule), now);
        }
        slots
    }

    /// A reading half a millisecond before or after `now`.
    fn beside(now: Now, nanos: i64) -> Now {
        let [boot, wall] = [now.boot.as_nanos(), now.wall.as_nanos()].map(|clock| clock + nanos);
        Now::new(Instant::from_nanos(boot), Timestamp::from_nanos(wall))
    }

    #[test]
    fn a_reading_of_another_thread_from_before_the_clock_was_set_changes_nothing() {
        for (from, to) in [(10 * HOUR, 15 * HOUR), (15 * HOUR, 10 * HOUR), (10 * HOUR, 9 * HOUR)] {
            for nanos in [-500_000, 500_000] {
                let (mut as_one, mut as_two) = (scheduler(from), scheduler(from));
                let [before, set] = [at(2, from + 2), at(2, to + 2)];
                assert_eq!(poll(&mut as_one, set), poll(&mut as_two, set));
                assert_eq!(poll(&mut as_two, beside(before, nanos)), [0; 0], "{from} {to} {nanos}");
                for minute in 1..400 {
                    let now = at(minute * 60, to + minute * 60);
                    assert_eq!(poll(&mut as_one, now), poll(&mut as_two, now), "{from} {to} {nanos}");
                }
                assert_eq!(as_one.take_clock_set_back(), as_two.take_clock_set_back());
                let counters = |scheduler: &Scheduler| scheduler.status(at(24_000, to + 24_000))[0].counters;
                assert_eq!(counters(&as_one), counters(&as_two));
            }
        }
    }

    #[test]
    fn slots_that_passed_in_a_pause_stay_passed_whether_something_looked_or_not() {
        for looks in [false, true] {
            let mut scheduler = scheduler(0);
            scheduler.pause("task", at(1, 1)).unwrap();
            assert_eq!(poll(&mut scheduler, at(3_500, 3_500)), [0; 0]);
            if looks {
                scheduler.pause("task", at(3_500, 3_500)).unwrap();
            }
            let skipped = |scheduler: &Scheduler, now| scheduler.status(now)[0].counters.skipped_in_all();
            let set = at(3_510, 1_510);
            assert_eq!([at(3_500, 3_500), set].map(|now| skipped(&scheduler, now)), [5, 5], "{looks}");
            scheduler.resume("task", set).unwrap();
            assert_eq!(skipped(&scheduler, set), 5);
            let slots =
                (2..60).flat_map(|minute| poll(&mut scheduler, at(3_600 + minute * 60, 1_600 + minute * 60)));
            assert_eq!(slots.collect::<Vec<_>>(), [3_600, 4_200, 4_800], "{looks}");
        }
    }

    /// A backlog waits, and with it a newer slot. The clock is set back while the row needs no visit.
    #[test]
    fn a_slot_that_passed_before_the_clock_was_set_back_is_replaced_by_the_next() {
        let spec = TaskSpec::new("").every(Interval::from_secs(10)).align();
        let spec = spec.overlap(Overlap::Replace).missed(Missed::All(2));
        let mut scheduler = Scheduler::empty(SchedulerOptions::default(), at(0, 0));
        scheduler.add(Task::new(TaskName::new("Manager", "task").unwrap(), spec), at(0, 0)).unwrap();
        let _ = scheduler.poll(at(20, 20));
        let first = scheduler.start_next(at(20, 20)).unwrap();
        scheduler.finished(first.id, Ended::Cancelled, at(35, 35));
        for now in [at(45, 45), at(46, 44)] {
            let _ = scheduler.poll(now);
        }
        let hangs = scheduler.start_next(at(46, 44)).unwrap();
        assert_eq!(hangs.slot.scheduled, Timestamp::from_secs(40));
        let _ = scheduler.poll(at(52, 50));
        let replaced: Vec<_> = std::iter::from_fn(|| scheduler.take_replaced()).collect();
        assert_eq!(replaced, [first.id, hangs.id]);
    }

    /// A run begins by a reading that another thread took before the clock was set back.
    #[test]
    fn a_beginning_by_a_stale_reading_decides_no_slot_of_the_wrong_time() {
        let mut scheduler = Scheduler::empty(SchedulerOptions::default(), at(0, 15 * HOUR));
        let spec = TaskSpec::new("").every(Interval::from_secs(600)).align().max_runs(1.try_into().unwrap());
        scheduler.add(Task::new(TaskName::new("Manager", "once").unwrap(), spec), at(0, 15 * HOUR)).unwrap();
        let due = at(600, 15 * HOUR + 600);
        assert_eq!(scheduler.poll(due).ready, 1);
        let run = scheduler.driver().hand_out(due).unwrap();
        let _ = scheduler.poll(at(602, 10 * HOUR + 1_000));
        assert!(scheduler.driver().begin_run(run.id, at(601, 15 * HOUR + 601)).is_some());
        assert_eq!(scheduler.take_record(), None, "the slots between 10:16 and 15:10 have not come");
    }

    /// No task follows the wall clock, and the end of a run finds a slot that passed meanwhile.
    #[test]
    fn an_end_that_decides_slots_sees_that_the_clock_was_set_back() {
        let mut scheduler = Scheduler::empty(SchedulerOptions::default(), at(0, 100));
        let spec = TaskSpec::new("").every(Interval::from_secs(10)).overlap(Overlap::Queue);
        scheduler.add(Task::new(TaskName::new("Manager", "poll").unwrap(), spec), at(0, 100)).unwrap();
        let well = || Ended::Ok(Next::OnSchedule);
        for secs in [10, 20] {
            let _ = scheduler.poll(at(secs, 100 + secs));
            let run = scheduler.start_next(at(secs, 100 + secs)).unwrap();
            // The second one lasts longer than the spacing, and the clock is set back by five seconds.
            let end = if secs == 10 { at(11, 111) } else { at(31, 126) };
            scheduler.finished(run.id, well(), end);
        }
        let queued = scheduler.start_next(at(31, 126)).unwrap();
        let [start, end] = [115, 125].map(Timestamp::from_secs);
        assert_eq!(queued.window, Window { start: Some(start), end });
    }
}
