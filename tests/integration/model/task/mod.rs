//! One task of the model, followed slot by slot.

mod controls;
mod deciding;
mod grid;
mod retry;

use std::collections::{BTreeSet, VecDeque};

use periodic::task::{Ended, Next, Outcome, SkipReason, Slot, SlotKind};

use super::declared::{Declared, Grid};
use super::moment::{Moment, tick};

#[derive(Clone, Debug)]
pub(super) struct Task {
    pub(super) name: String,
    pub(super) declared: Declared,
    pub(super) phase: Phase,
    pub(super) paused: bool,
    /// The next slot of the grid, on the grid's own clock.
    next: Option<i64>,
    /// The slot from which that one is counted; not where the grid is the wall clock's.
    last: Option<i64>,
    /// The wall time after which undecided slots are looked for.
    mark: i64,
    /// The slots of the wall clock that are decided, since the schedule began.
    decided: BTreeSet<i64>,
    /// How often that was forgotten: then a slot may come again.
    begun: u32,
    /// One slot beside the grid, on the boot-time clock.
    extra: Option<i64>,
    pub(super) runs: Vec<Run>,
    /// The slot that waits for the end of a run, by `queue` or `replace`.
    held: Option<Slot>,
    /// The slots that run one after the other, by `missed = all(n)`.
    backlog: VecDeque<Slot>,
    /// How many runs there ever were.
    made: u64,
    starts: u64,
    triggers: u32,
    /// The newest of the runs that ended well, and its slot.
    covered: Option<(u64, Slot)>,
    pub(super) ledger: Vec<Entry>,
    /// The newest slot of the schedule that was decided.
    pub(super) newest: Option<Slot>,
    /// How long its runs waited for their start, and how long they took.
    pub(super) waited: i64,
    pub(super) elapsed: i64,
    pub(super) ended_by_run: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    On,
    Disabled,
    Done,
    Stopped,
    Removed,
}

/// A run that waits for its start or is going.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// Its identity.
    pub(super) number: u64,
    pub(super) slot: Slot,
    pub(super) started: Option<i64>,
    pub(super) cancelled: bool,
    /// Where there is a limit, its turn: the instant at which it was due, or that in whose place it waits was.
    pub(super) turn: i64,
    /// Which of the polls, ends and controls made it ready.
    pub(super) batch: u64,
    /// The attempts that failed.
    pub(super) failed: Vec<Attempt>,
    /// When the next attempt is due, until it is.
    pub(super) due: Option<i64>,
    /// Whether a slot of the schedule came since it began.
    outlived: bool,
    /// Where its window starts, in ticks of the wall clock.
    pub(super) covers_from: Option<i64>,
}

/// The outcome of one slot.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) slot: Slot,
    pub(super) outcome: Outcome,
    pub(super) started: Option<i64>,
    /// Each attempt, where the slot was to be tried again.
    pub(super) attempts: Vec<Attempt>,
    /// Which of the task's schedules it is a slot of.
    pub(super) begun: u32,
}

/// One attempt at a slot.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Attempt {
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) outcome: Outcome,
}

/// Whether a slot at the very instant is meant too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Upto {
    Before,
    Including,
}

impl Task {
    pub(in super::super) fn new(name: &str, declared: Declared, moment: Moment) -> Self {
        let mut task = Self {
            name: name.into(),
            declared,
            phase: Phase::On,
            paused: false,
            next: None,
            last: None,
            mark: 0,
            decided: BTreeSet::new(),
            begun: 0,
            extra: None,
            runs: Vec::new(),
            held: None,
            backlog: VecDeque::new(),
            made: 0,
            starts: 0,
            triggers: 0,
            covered: None,
            ledger: Vec::new(),
            newest: None,
            waited: 0,
            elapsed: 0,
            ended_by_run: false,
        };
        task.begin(moment);
        task
    }

    fn next_from_backlog(&mut self, batch: u64) {
        if !self.is_full()
            && let Some(slot) = self.backlog.pop_front()
        {
            self.make_ready(slot, batch);
        }
    }

    fn next_from_held(&mut self, batch: u64) {
        if !self.is_full()
            && let Some(slot) = self.held.take()
        {
            self.make_ready(slot, batch);
        }
    }

    fn make_ready(&mut self, slot: Slot, batch: u64) {
        self.make_ready_in_turn(slot, tick(slot.at.as_nanos()), batch);
    }

    fn make_ready_in_turn(&mut self, slot: Slot, turn: i64, batch: u64) {
        let (failed, due, outlived, covers_from) = (Vec::new(), None, false, None);
        let (started, cancelled) = (None, false);
        self.made += 1;
        let number = self.made;
        self.runs.push(Run {
            number,
            slot,
            started,
            cancelled,
            turn,
            batch,
            failed,
            due,
            outlived,
            covers_from,
        });
        if self.declared.grid == Grid::FromFinish {
            (self.next, self.extra) = (None, None);
        }
    }

    /// Starts a run that waited.
    pub(in super::super) fn start(&mut self, run: usize, moment: Moment, batch: u64) -> (Slot, u64) {
        let run = &mut self.runs[run];
        let started = (run.slot, run.number);
        run.started = Some(moment.boot);
        if run.attempt() > 1 {
            return started;
        }
        run.covers_from = self.covered.map(|(_, covered)| window_start(covered, started.0));
        if !matches!(started.0.kind, SlotKind::Manual(_)) {
            self.starts += 1;
            if Some(self.starts) == self.declared.max_runs {
                self.settle(moment, Upto::Before, batch);
                self.end(Phase::Done, SkipReason::Done, moment);
            }
        }
        started
    }

    /// A run has ended.
    pub(in super::super) fn finish(
        &mut self,
        number: u64,
        ended: Ended,
        moment: Moment,
        batch: u64,
    ) -> Option<i64> {
        self.settle(moment, Upto::Before, batch);
        let index = self.runs.iter().position(|run| run.number == number).unwrap();
        if let Some(due) = self.retry_due(&self.runs[index], &ended, moment) {
            self.back_off(index, due, ended.into(), moment);
            return Some(due);
        }
        let mut run = self.runs.remove(index);
        let slot = run.slot;
        if let Ended::Ok(_) = ended {
            // Of runs that end out of order the newest counts.
            if self.covered.is_none_or(|(newest, _)| newest < number) {
                self.covered = Some((number, slot));
            }
        }
        self.add_times(&run, moment);
        let next = ended.next();
        if run.failed.is_empty() {
            self.enter(slot, ended.into(), run.started);
        } else {
            let start = run.started.unwrap();
            run.failed.push(Attempt { start, end: moment.boot, outcome: ended.into() });
            self.enter_attempts(slot, run.failed);
        }
        if self.phase == Phase::On {
            if self.declared.grid == Grid::FromFinish {
                self.count_from(moment);
            }
            match next {
                Next::OnSchedule => {}
                Next::Never => {
                    self.ended_by_run = true;
                    self.end(Phase::Done, SkipReason::Done, moment);
                }
                Next::After(after) => {
                    let at = moment.boot + tick(i64::try_from(after.as_nanos()).unwrap());
                    let next = [self.extra, self.next_at(moment)].into_iter().flatten().min();
                    let is_decided = self.newest.is_some_and(|newest| tick(newest.at.as_nanos()) >= at);
                    if next.is_none_or(|next| at < next) && !is_decided {
                        self.extra = Some(at);
                    }
                }
            }
        }
        self.next_from_backlog(batch);
        self.next_from_held(batch);
        None
    }

    /// Leaves the schedule; waiting slots are skipped.
    fn end(&mut self, phase: Phase, reason: SkipReason, moment: Moment) {
        self.phase = phase;
        self.next = None;
        self.extra = None;
        self.drop_waiting(reason, moment);
    }

    /// Skips the slots that were to run and have not started. A trigger outlasts the end of the schedule.
    fn drop_waiting(&mut self, reason: SkipReason, moment: Moment) {
        let stays = |slot: &Slot| reason == SkipReason::Done && matches!(slot.kind, SlotKind::Manual(_));
        if reason != SkipReason::Done {
            self.end_retries(moment);
        }
        let waits = |run: &Run| run.started.is_none() && run.failed.is_empty() && !stays(&run.slot);
        let (waiting, going): (Vec<Run>, Vec<Run>) = self.runs.drain(..).partition(waits);
        self.runs = going;
        let held = self.held.take_if(|slot| !stays(slot));
        for slot in
            waiting.into_iter().map(|run| run.slot).chain(held).chain(core::mem::take(&mut self.backlog))
        {
            self.skip(slot, reason);
        }
    }

    fn skip(&mut self, slot: Slot, reason: SkipReason) {
        self.enter(slot, Outcome::Skipped(reason), None);
    }

    /// Adds the times of a run that has its outcome now.
    fn add_times(&mut self, run: &Run, moment: Moment) {
        if let Some(began) = run.began() {
            self.waited += (began - tick(run.slot.at.as_nanos())).max(0);
            self.elapsed += moment.boot - began;
        }
    }

    fn enter(&mut self, slot: Slot, outcome: Outcome, started: Option<i64>) {
        self.ledger.push(Entry { slot, outcome, started, attempts: Vec::new(), begun: self.begun });
    }

    fn enter_attempts(&mut self, slot: Slot, attempts: Vec<Attempt>) {
        let (started, outcome) = (Some(attempts[0].start), attempts[attempts.len() - 1].outcome.clone());
        self.ledger.push(Entry { slot, outcome, started, attempts, begun: self.begun });
    }
}

/// Where the window of a run starts whose slot is `slot`, when the last that ended well was for `covered`: there, or as
/// long ago as that really was, whichever is earlier. So a clock that was set back leaves nothing out.
fn window_start(covered: Slot, slot: Slot) -> i64 {
    let [covered, slot] =
        [covered, slot].map(|slot| (tick(slot.at.as_nanos()), tick(slot.scheduled.as_nanos())));
    covered.1.min(slot.1 - (slot.0 - covered.0).max(0))
}
