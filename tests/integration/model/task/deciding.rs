use periodic::task::{Missed, Outcome, Overlap, SkipReason, Slot};

use super::{Task, Upto};
use crate::model::declared::Grid;
use crate::model::moment::{Moment, tick};

/// The decision about due slots.
impl Task {
    /// Decides every slot that is due.
    pub(in super::super) fn settle(&mut self, moment: Moment, upto: Upto, batch: u64) {
        self.settle_retries(moment, batch);
        let mut passed = Vec::new();
        while let Some(slot) = self.take_due(moment, upto) {
            self.newest = Some(slot);
            for run in &mut self.runs {
                run.outlived |= run.began().is_some_and(|began| began <= tick(slot.at.as_nanos()));
            }
            if self.paused {
                self.skip(slot, SkipReason::Paused);
            } else if self.is_full() {
                self.overlaps(slot, moment, batch);
            } else if self.declared.grid == Grid::FromFinish {
                return self.follows_its_end(slot, moment, batch);
            } else {
                passed.push(slot);
            }
        }
        if let Some(newest) = passed.pop() {
            self.was_idle(passed, newest, moment, batch);
        }
    }

    pub(in super::super) fn is_full(&self) -> bool {
        let room = match self.declared.overlap {
            Overlap::Allow(runs) => usize::try_from(runs.max(1)).unwrap(),
            _ => 1,
        };
        self.runs.len() >= room
    }

    /// Whether a slot at this very instant would start, or cancel a run, or end the wait for a retry.
    pub(in super::super) fn could_act(&self) -> bool {
        let replaces = self.replaces() && self.held.is_none();
        !self.paused && (!self.is_full() || replaces || self.awaits_retry())
    }

    /// Whether passing slots are decided only when a run ends or a control comes.
    pub(in super::super) fn lets_slots_pass(&self) -> bool {
        self.paused || self.is_full() && !self.replaces() && !self.awaits_retry()
    }

    pub(in super::super) fn replaces(&self) -> bool {
        self.declared.overlap == Overlap::Replace
    }

    /// There is one next slot, however late it is looked at; the end of its run says when the one after is.
    pub(super) fn follows_its_end(&mut self, slot: Slot, moment: Moment, batch: u64) {
        if self.is_in_time(&slot, moment) {
            self.make_ready(slot, batch);
        } else {
            self.skip(slot, SkipReason::Missed);
            self.count_from(moment);
        }
    }

    pub(super) fn overlaps(&mut self, slot: Slot, moment: Moment, batch: u64) {
        match self.declared.overlap {
            Overlap::Queue if self.held.is_none() => self.held = Some(slot),
            Overlap::Replace if self.runs.iter().all(|run| run.started.is_none()) => {
                let queued = self.runs.iter().filter(|run| run.due.is_none());
                let turn = queued.map(|run| run.turn).min().unwrap_or(tick(slot.at.as_nanos()));
                self.drop_waiting(SkipReason::Overlap, moment);
                self.make_ready_in_turn(slot, turn, batch);
            }
            Overlap::Replace => {
                if let Some(older) = self.held.replace(slot) {
                    self.skip(older, SkipReason::Overlap);
                }
                for run in &mut self.runs {
                    run.cancelled = true;
                }
            }
            _ => self.skip(slot, SkipReason::Overlap),
        }
    }

    /// Slots that passed while the task could have run: the newest is late, the others were missed.
    pub(super) fn was_idle(&mut self, missed: Vec<Slot>, newest: Slot, moment: Moment, batch: u64) {
        let in_time = |slot: &Slot| self.is_in_time(slot, moment);
        let (run, rest): (Vec<_>, Vec<_>) = match self.declared.missed {
            Missed::All(most) => {
                let all: Vec<_> = missed.into_iter().chain([newest]).collect();
                let first = all.len() - all.len().min(usize::from(most.max(1)));
                all.into_iter().enumerate().partition(|(index, slot)| *index >= first && in_time(slot))
            }
            _ => missed
                .into_iter()
                .chain([newest])
                .enumerate()
                .partition(|(_, slot)| *slot == newest && in_time(slot)),
        };
        for (_, slot) in rest {
            if self.declared.missed == Missed::Coalesce && !run.is_empty() {
                self.enter(slot, Outcome::Coalesced(newest), None);
            } else {
                self.skip(slot, SkipReason::Missed);
            }
        }
        self.backlog.extend(run.into_iter().map(|(_, slot)| slot));
        self.next_from_backlog(batch);
    }

    /// Whether a slot is still run.
    pub(super) fn is_in_time(&self, slot: &Slot, moment: Moment) -> bool {
        let grace = match (self.declared.grace, self.declared.missed) {
            (None, Missed::Skip) => Some(120),
            (grace, _) => grace,
        };
        grace.is_none_or(|grace| moment.boot - tick(slot.at.as_nanos()) <= grace)
    }
}
