//! The common case: of a task that asks for nothing rare, one slot is due, runs, and ends well.
//!
//! What happens here is what the rules in general come to, with all questions left out whose answer is known. The
//! model in the tests does not know this case, and so compares both.

use super::Upto;
use super::active_run::ActiveState;
use super::effects::Output;
use super::ledger::LastRun;
use super::ledger::WellRun;
use super::row::{Phase, Row};
use crate::schedule::{Grid, NEVER, Slot};
use crate::time::{Instant, Now};

/// A slot that is due and was taken.
pub(super) enum Taken {
    /// None is due.
    None,
    /// This one, whose run is due then.
    One(Slot, Instant),
    /// Nothing was taken: there are more, or a rule has to say what becomes of it.
    Unclear,
}

impl Row {
    /// Takes the one slot that is due of a task that waits for it, and whose run no rule forbids.
    #[inline]
    pub(super) fn take_one(&mut self, now: Now, upto: Upto) -> Taken {
        let only_waits = self.only_waits();
        let Some(grid) = self.grid.as_mut().filter(|_| only_waits) else { return Taken::Unclear };
        let (timeline, due) = (grid.timeline(), grid.due());
        // The last moment that is meant.
        let last = timeline.read(now).saturating_sub(i64::from(upto == Upto::Before));
        if due > last {
            return Taken::None;
        }
        let Some(at) = grid.take_only(last) else { return Taken::Unclear };
        let slot = timeline.slot(at, now);
        self.note_decided(slot);
        Taken::One(slot, Instant::from_nanos(slot.at.as_nanos().saturating_add(due - at)))
    }

    /// Takes the one slot that is due of a [simple](Self::is_simple) task; answers when it lies.
    #[inline]
    pub(super) fn take_simple(&mut self, now: Now) -> Option<Instant> {
        let grid = self.grid.as_mut().filter(|_| self.is_simple)?;
        grid.take_even(now.boot.as_nanos()).map(Instant::from_nanos)
    }

    /// When a simple task is due next, if a run of it that started then and ends well now leaves nothing else to be
    /// done.
    #[inline]
    pub(super) fn next_after(&self, started: Instant, now: Instant) -> Option<i64> {
        let next = self.grid.as_ref().filter(|_| self.is_simple)?.next();
        (started <= now && now.as_nanos() <= next && next != NEVER).then_some(next)
    }

    /// Notes whether it asks for nothing rare and waits for nothing but its next slot, which lies on an even grid of the
    /// boot-time clock and is not moved by jitter. To be called after each change.
    pub(super) fn note_whether_simple(&mut self) {
        let has_passed = self.rare.as_ref().is_some_and(|rare| rare.waits() || rare.last_passed.is_some());
        self.is_simple = self.only_waits() && !has_passed && self.grid.as_ref().is_some_and(Grid::is_even);
    }

    fn only_waits(&self) -> bool {
        self.is_plain
            && self.going.is_empty()
            && self.extra.is_none()
            && !self.paused
            && self.phase == Phase::Active
    }

    /// Ends the only run of a task, if it ended well and nothing else is to be done; answers whether it was so.
    pub(super) fn finish_well(&mut self, run: u64, now: Now, output: &mut Output) -> bool {
        let [active] = self.going.as_slice() else { return false };
        if self.may_end_out_of_order() {
            return false;
        }
        let ActiveState::Running { started, .. } = active.state else { return false };
        let is_this = active.serial == run && active.retries.is_none();
        if !is_this || !self.is_all_said(started, now) {
            return false;
        }
        let (slot, turn) = (active.slot, active.turn.max(active.slot.at));
        output.spare.forget_run(&mut self.going, 0);
        output.limit.give_back();
        self.keep_last_slot();
        self.record_well(WellRun { slot, started, decided: now.boot }, turn, output);
        true
    }

    /// Whether a run that started then and ends well now leaves nothing else to be done.
    #[inline]
    pub(super) fn is_all_said(&self, started: Instant, now: Now) -> bool {
        let waits = self.rare.as_ref().is_some_and(|rare| rare.waits() || rare.last_passed.is_some());
        self.is_plain && !waits && now.boot >= started && !self.is_due(now, Upto::Before)
    }

    /// Records a run that ended well, of a slot whose turn was then.
    #[expect(
        clippy::inline_always,
        reason = "part of the loop of a pass, where most of what it is given is in registers"
    )]
    #[inline(always)]
    pub(super) fn record_well(&mut self, run: WellRun, turn: Instant, output: &mut Output) {
        self.last_ok.note(run.slot);
        self.tally.add_times(turn, run.started, run.decided);
        self.tally.ok += 1;
        self.last_run = LastRun::Well(run);
        output.records.push_well(self.id, run);
    }
}

#[cfg(test)]
mod tests {
    use crate::scheduler::{Finished, Options, Scheduler};
    use crate::spec::{Interval, TaskSpec};
    use crate::task::{Ended, Next, Task, TaskName};
    use crate::time::{Instant, Now, Timestamp};

    fn at(secs: i64) -> Now {
        Now::new(Instant::from_secs(secs), Timestamp::from_nanos(secs * 1_000_000_000))
    }

    /// An end that is reported late must not end the run that came after.
    #[test]
    fn the_end_of_a_run_is_taken_once() {
        let mut scheduler = Scheduler::empty(Options::default(), at(0));
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
}
