use core::time::Duration;

use super::cold::Cold;
use super::recurrence::Recurrence;
use super::{Calendar, NEVER, Slot, SlotKind, Spread, Timeline, Zone};
use crate::spec::{Anchor, FirstRun, Jitter, Spacing, TaskSpec};
use crate::time::{Instant, Now, nanos};

/// The undecided slots of one task: a point of its recurrence, and all that follow it.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    pub(super) recurrence: Recurrence,
    /// Its jitter, and slots that were decided out of order; most grids have neither.
    pub(super) cold: Option<Box<Cold>>,
    /// The next undecided slot.
    pub(super) next: i64,
    /// On the boot-time clock: the last decided slot, or the point from which the first one was counted; [`NONE`] if
    /// there is neither. On the wall clock: a point after which all slots before the next one are decided.
    pub(super) from: i64,
}

/// A point before every slot.
const NONE: i64 = i64::MIN;

/// Slots that were taken off a grid together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Passed {
    pub(crate) oldest: i64,
    pub(crate) newest: i64,
    pub(crate) count: u64,
}

impl Grid {
    /// Creates the grid of a task that starts at `now`, with the zone of its schedule. Returns `None` if it has no
    /// slots, because its interval is negative.
    pub(crate) fn starting(spec: &TaskSpec, zone: Option<&Zone>, seed: u64, now: Now) -> Option<Self> {
        let recurrence = recurrence(spec, zone, seed)?;
        let start = recurrence.timeline().read(now);
        let (next, from) = match (&recurrence, spec.first) {
            (Recurrence::Boot(_), FirstRun::After(delay)) => (start.saturating_add(nanos(delay)), NONE),
            (Recurrence::Boot(_), _) => (recurrence.after(start), start),
            _ => (recurrence.first_after(start), start),
        };
        let cold = Cold::of(Spread::of(spec.jitter, seed));
        Some(Self { recurrence, cold, next, from })
    }

    pub(crate) fn timeline(&self) -> Timeline {
        self.recurrence.timeline()
    }

    /// Returns the time at which the next slot is due, jitter included.
    #[inline]
    pub(crate) fn due(&self) -> i64 {
        self.next.saturating_add(self.delay(self.next))
    }

    /// Returns the next undecided slot.
    pub(crate) fn next(&self) -> i64 {
        self.next
    }

    /// Returns the slot after `slot`, among slots that were taken together.
    pub(crate) fn after(&self, slot: i64) -> i64 {
        self.skip(self.recurrence.after(slot))
    }

    /// Returns the slot before `slot`, among slots that were taken together.
    pub(crate) fn before(&self, slot: i64) -> i64 {
        let mut before = self.recurrence.before(slot);
        for range in self.cold.iter().flat_map(|cold| cold.decided.iter().rev()) {
            if range.contains(before) {
                before = self.recurrence.last_upto(range.after);
            }
        }
        before
    }

    /// Returns the delay of a slot's run behind the slot. A slot beside the grid has no jitter.
    pub(crate) fn delay_of(&self, slot: Slot) -> Duration {
        if slot.kind != SlotKind::Scheduled {
            return Duration::ZERO;
        }
        let at = match self.timeline() {
            Timeline::Boot => slot.at.as_nanos(),
            Timeline::Wall => slot.scheduled.as_nanos(),
        };
        Duration::from_nanos(self.delay(at).unsigned_abs())
    }

    /// Takes every slot that is due before `limit`.
    #[inline]
    pub(crate) fn take(&mut self, limit: i64) -> Option<Passed> {
        let oldest = self.next;
        if oldest == NEVER || self.due() >= limit {
            return None;
        }
        if self.has_decided_ranges() {
            return Some(self.take_around_ranges(limit));
        }
        if self.take_only(limit.saturating_sub(1)).is_some() {
            // By far the most common case; the others divide or search.
            return Some(Passed { oldest, newest: oldest, count: 1 });
        }
        let mut newest = self.recurrence.last_before(limit, oldest);
        // A delay ends before the next slot, so only the newest slot can lie before `limit` and be due after it.
        if newest.saturating_add(self.delay(newest)) >= limit {
            newest = self.recurrence.before(newest);
        }
        let count = self.recurrence.count(oldest, newest);
        self.decided(newest, self.recurrence.after(newest));
        Some(Passed { oldest, newest, count })
    }

    /// Takes the next slot if it is due by `now` and no later slot lies there.
    #[inline]
    pub(crate) fn take_only(&mut self, now: i64) -> Option<i64> {
        let slot = self.next;
        if self.due() > now || self.has_decided_ranges() {
            return None;
        }
        let after = self.recurrence.after(slot);
        (now < after).then(|| {
            self.decided(slot, after);
            slot
        })
    }

    /// Whether the grid lies on the boot-time clock, at one distance and without jitter, and has a next slot.
    pub(crate) fn is_even(&self) -> bool {
        matches!(self.recurrence, Recurrence::Boot(_)) && self.cold.is_none() && self.next != NEVER
    }

    /// Takes the next slot of an [even](Self::is_even) grid if it is the only one that is due by `now`.
    #[inline]
    pub(crate) fn take_even(&mut self, now: i64) -> Option<i64> {
        let (slot, Recurrence::Boot(spacing)) = (self.next, &self.recurrence) else { return None };
        // If no slot follows, the general rules decide.
        let after = slot.checked_add(spacing.as_nanos())?;
        (slot <= now && now < after).then(|| {
            (self.from, self.next) = (slot, after);
            slot
        })
    }

    /// Takes the next slot if it is due before `limit`; later slots stay.
    pub(crate) fn take_one(&mut self, limit: i64) -> Option<Passed> {
        let slot = self.next;
        if slot == NEVER || self.due() >= limit {
            return None;
        }
        self.decided(slot, self.recurrence.after(slot));
        Some(Passed { oldest: slot, newest: slot, count: 1 })
    }

    /// Continues the grid from the end of a run.
    pub(crate) fn restart_at(&mut self, end: Instant) {
        let end = end.as_nanos();
        self.decided(end, self.recurrence.after(end));
    }

    /// Removes the next slot until the grid is restarted.
    pub(crate) fn suspend(&mut self) {
        self.next = NEVER;
    }

    /// Whether there is no next slot: the grid waits for a restart, or the timeline has ended.
    pub(crate) fn is_suspended(&self) -> bool {
        self.next == NEVER
    }

    /// Changes the spacing. On the boot-time clock the next slot is the last one plus the new spacing, or `now` if that
    /// is past. On the wall clock it is the first from `now` on; a slot at `now` itself is left out if it was
    /// `decided`.
    pub(crate) fn respace(&mut self, spacing: Spacing, now: Now, decided: bool) {
        self.recurrence.respace(spacing);
        match self.timeline() {
            _ if self.is_suspended() => {}
            // The first slot's time was declared by itself and does not depend on the spacing.
            Timeline::Boot if self.from == NONE => {}
            Timeline::Boot => self.next = self.recurrence.after(self.from).max(now.boot.as_nanos()),
            Timeline::Wall => self.begin(now.wall.as_nanos().saturating_sub(i64::from(!decided))),
        }
    }

    /// Creates the grid of a task that has another schedule from `now` on, without regard to earlier decisions. A slot
    /// at `now` itself is left out if it was `decided`. Returns `None` if the task has no slots.
    pub(crate) fn rescheduled(
        spec: &TaskSpec,
        zone: Option<&Zone>,
        seed: u64,
        now: Now,
        decided: bool,
    ) -> Option<Self> {
        let mut grid = Self::starting(spec, zone, seed, now)?;
        if grid.timeline() == Timeline::Wall {
            grid.begin(now.wall.as_nanos().saturating_sub(i64::from(!decided)));
        }
        Some(grid)
    }

    /// Changes the delays of runs behind their slots.
    pub(crate) fn set_jitter(&mut self, jitter: Jitter, seed: u64) {
        let spread = Spread::of(jitter, seed);
        match &mut self.cold {
            Some(cold) => cold.spread = spread,
            None => self.cold = Cold::of(spread),
        }
    }

    /// Makes every slot after a time of the wall clock undecided.
    pub(super) fn begin(&mut self, from: i64) {
        if let Some(cold) = &mut self.cold {
            cold.decided.clear();
        }
        (self.from, self.next) = (from, self.recurrence.first_after(from));
    }

    #[inline]
    pub(super) fn delay(&self, slot: i64) -> i64 {
        let spread = self.cold.as_ref().and_then(|cold| cold.spread.as_ref());
        spread.map_or(0, |spread| spread.delay(slot, || self.recurrence.distance_after(slot)))
    }

    fn decided(&mut self, slot: i64, after: i64) {
        self.next = after;
        if self.timeline() == Timeline::Boot {
            self.from = slot;
        }
    }
}

fn recurrence(spec: &TaskSpec, zone: Option<&Zone>, seed: u64) -> Option<Recurrence> {
    if let Some(calendar) = Calendar::of(&spec.schedule, zone, seed) {
        return Some(Recurrence::Calendar(calendar.into()));
    }
    let (_, align) = spec.schedule.origin();
    spec.schedule.spacing().map(if align { Recurrence::Wall } else { Recurrence::Boot })
}

/// Whether a task's next slot is measured from the end of its last run.
pub(crate) fn follows_its_end(spec: &TaskSpec) -> bool {
    spec.schedule.origin().0 == Anchor::Finish
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendars_cost_tasks_without_one_nothing() {
        assert_eq!(size_of::<Recurrence>(), 2 * size_of::<i64>(), "a spacing, and which kind it is");
        assert_eq!(
            size_of::<Option<Grid>>(),
            size_of::<Recurrence>() + size_of::<Box<Cold>>() + 2 * size_of::<i64>()
        );
    }
}
