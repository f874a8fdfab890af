//! The end of a run by the rules.

use core::time::Duration;

use super::Finished;
use crate::scheduler::row::{Phase, Row};
use crate::scheduler::run_state::RunState;
use crate::scheduler::visit::{Upto, Visit};
use crate::task::{Ended, Next, SkipReason};

/// The least time from a run's start to an extra run that it asks for. Otherwise a run that does nothing and always
/// asks for another would keep a processor busy.
const FASTEST: Duration = Duration::from_millis(1);

impl Row {
    /// Ends a run: quietly, or by the rules.
    pub(crate) fn finish(&mut self, visit: &mut Visit<'_>, run: u64, ended: Ended) -> Finished {
        if matches!(ended, Ended::Ok(Next::OnSchedule))
            && let Some(listed) = self.listed(run)
            && let Some(proof) = self.plain_end(listed.started, visit.now)
        {
            self.end_well(visit, listed, proof);
            return Finished::Decided;
        }
        self.finish_by_the_rules(visit, run, ended)
    }

    /// Ends a run: is it retried? Its record; the slots that passed; it leaves; it sets or ends the next slots; the slot
    /// that waited for it starts.
    pub(super) fn finish_by_the_rules(&mut self, visit: &mut Visit<'_>, run: u64, ended: Ended) -> Finished {
        let Some(mut place) = self.place_of(run) else { return Finished::Unknown };
        if let RunState::HandedOut { .. } = self.going[place].state {
            // The driver never began it, because its runtime was shut down: it ends all the same.
            self.begin_run(visit, run);
            let Some(begun) = self.place_of(run) else { return Finished::Unknown };
            place = begun;
        }
        let (started, abandoned) = match self.going[place].state {
            RunState::Waiting | RunState::HandedOut { .. } | RunState::BackingOff => {
                return Finished::Unknown;
            }
            RunState::Running { started, .. } => (started, false),
            RunState::Abandoned { started, .. } => (started, true),
        };
        // A run cannot end before it started, regardless of the driver's clock.
        visit.now.boot = visit.now.boot.max(started);
        let next = if abandoned { Next::OnSchedule } else { ended.next() };
        if self.going[place].retries.is_some() && self.may_retry(run, &ended, visit.now) {
            // Slots that passed while the run waited for its permit are not its next slots, which limit its attempts.
            self.settle(visit, Upto::Before);
            if let Some(retrying) = self.back_off(visit, run, &ended) {
                return Finished::Retries(retrying);
            }
        }
        if !abandoned {
            self.record_end(visit, run, started, ended.into());
        }
        // A slot that was due while this run was active is an overlap; a slot at this instant is not.
        self.settle(visit, Upto::Before);
        if let Some(place) = self.place_of(run) {
            self.remove(visit, place);
        }
        // Another run may be active, from before a reload that took `allow(n)` away.
        let sets_next = self.follows_its_end() && self.going.is_empty();
        if let (true, Some(grid)) = (sets_next, &mut self.grid) {
            grid.restart_at(visit.now.boot);
        }
        match next {
            Next::After(delay) => self.ask_for((visit.now.boot + delay).max(started + FASTEST), visit.now),
            Next::Never if self.phase == Phase::Active => {
                self.ended_by_run = true;
                self.end(visit, Phase::Done, SkipReason::Done);
            }
            // A disabled, removed or stopped task stays so.
            Next::OnSchedule | Next::Never => {}
        }
        self.go_on(visit);
        Finished::Decided
    }
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use crate::scheduler::{Finished, Scheduler, SchedulerOptions};
    use crate::spec::{Interval, Overlap, TaskSpec};
    use crate::task::{Ended, Next, Task, TaskName};
    use crate::time::{Instant, Now, Timestamp};

    fn at(secs: i64) -> Now {
        Now::new(Instant::from_secs(secs), Timestamp::from_nanos(secs * 1_000_000_000))
    }

    /// An end that is reported late must not end the run that came after.
    #[test]
    fn the_end_of_a_run_is_taken_once() {
        let mut scheduler = Scheduler::empty(SchedulerOptions::default(), at(0));
        let spec = TaskSpec::new("").every(Interval::from_secs(10));
        scheduler.add(Task::new(TaskName::new("Manager", "poll").unwrap(), spec), at(0)).unwrap();
        let start = |scheduler: &mut Scheduler, secs| {
            let _ = scheduler.poll(at(secs));
            scheduler.start_next(at(secs)).unwrap().id
        };
        let first = start(&mut scheduler, 10);
        assert!(scheduler.finished(first, Ended::Ok(Next::OnSchedule), at(11)).is_known());
        let second = start(&mut scheduler, 20);
        let before = scheduler.status(at(21))[0].counters;
        let again = scheduler.finished(first, Ended::Ok(Next::OnSchedule), at(21));
        assert_eq!((again.is_known(), again), (false, Finished::Unknown));
        let status = &scheduler.status(at(21))[0];
        assert_eq!((status.counters, status.going.len()), (before, 1));
        assert!(scheduler.finished(second, Ended::Ok(Next::OnSchedule), at(22)).is_known());
        assert_eq!(scheduler.status(at(22))[0].counters.ok, 2);
    }

    /// The scheduler was polled before the ends of that instant were reported.
    #[test]
    fn a_request_for_the_instant_of_a_decided_slot_adds_none() {
        let again = || Ended::Ok(Next::After(Duration::ZERO));
        for (overlap, begun) in [(Overlap::Replace, &[10][..]), (Overlap::Allow(3), &[5, 10])] {
            let mut scheduler = Scheduler::empty(SchedulerOptions::default(), at(0));
            let spec = TaskSpec::new("").every(Interval::from_secs(5)).overlap(overlap);
            scheduler.add(Task::new(TaskName::new("Manager", "poll").unwrap(), spec), at(0)).unwrap();
            let slots = |scheduler: &mut Scheduler, secs| {
                let _ = scheduler.poll(at(secs));
                let starts = std::iter::from_fn(|| scheduler.start_next(at(secs)));
                starts.map(|start| (start.id, start.slot.at)).collect::<Vec<_>>()
            };
            let going: Vec<_> = begun.iter().flat_map(|secs| slots(&mut scheduler, *secs)).collect();
            // For `replace` it is the next slot's instant, otherwise the first run asks for one at it.
            let end = if overlap == Overlap::Replace { 15 } else { 12 };
            for (run, _) in going {
                let _ = scheduler.poll(at(end));
                assert!(scheduler.finished(run, again(), at(end)).is_known());
            }
            let next: Vec<_> = slots(&mut scheduler, end).into_iter().map(|(_, slot)| slot).collect();
            assert_eq!(next, [at(end).boot], "{overlap:?}");
            assert_eq!(scheduler.status(at(end))[0].counters.skipped_in_all(), 0, "{overlap:?}");
        }
    }

    /// A driver may read its clock before another one does, and report later.
    #[test]
    fn an_end_that_was_read_before_the_last_poll_counts_as_read_then() {
        let decided = |begins: bool| {
            let mut scheduler = Scheduler::empty(SchedulerOptions::default(), at(0));
            let spec = TaskSpec::new("").every(Interval::from_secs(10));
            scheduler.add(Task::new(TaskName::new("Manager", "poll").unwrap(), spec), at(0)).unwrap();
            let _ = scheduler.poll(at(10));
            let start = scheduler.driver().hand_out(at(10)).unwrap();
            if begins {
                assert!(scheduler.begin_run(start.id, at(10)).is_some());
                let _ = scheduler.poll(at(15));
            }
            scheduler.finished(start.id, Ended::Cancelled, at(9));
            let record = scheduler.take_record().unwrap();
            (record.started, record.decided)
        };
        assert_eq!(decided(false), (Some(at(10).boot), at(10).boot));
        assert_eq!(decided(true), (Some(at(10).boot), at(15).boot));
    }
}
