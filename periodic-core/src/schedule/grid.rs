use core::time::Duration;

use super::Spread;
use super::boundary::boundary;
use crate::task::{Anchor, FirstRun, Jitter, ScheduleSpec, Slot, SlotKind, Spacing, TaskSpec};
use crate::time::{Instant, Now, Timestamp, nanos};

/// The end of a timeline, where nothing is due any more.
pub(crate) const NEVER: i64 = i64::MAX;

/// The clock on which a grid lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Timeline {
    Boot,
    Wall,
}

impl Timeline {
    pub(crate) const fn read(self, now: Now) -> i64 {
        match self {
            Self::Boot => now.boot.as_nanos(),
            Self::Wall => now.wall.as_nanos(),
        }
    }

    /// The slot at `at` on this timeline, placed on the other one by the present distance of both clocks.
    pub(crate) fn slot(self, at: i64, now: Now) -> Slot {
        let (at, scheduled) = match self {
            Self::Boot => (Instant::from_nanos(at), now.wall_at(Instant::from_nanos(at))),
            Self::Wall => (now.boot_at(Timestamp::from_nanos(at)), Timestamp::from_nanos(at)),
        };
        Slot { kind: SlotKind::Scheduled, at, scheduled }
    }
}

/// The undecided slots of one task: a point, and all that follow it at the task's spacing.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    pub(crate) timeline: Timeline,
    spacing: Spacing,
    spread: Spread,
    jitter: Jitter,
    seed: u64,
    /// The next undecided slot.
    next: i64,
    /// The last decided slot, or the point from which the first one was counted.
    last: Option<i64>,
}

/// Slots that were taken off a grid at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Passed {
    pub(crate) oldest: i64,
    pub(crate) newest: i64,
    pub(crate) count: u64,
}

impl Grid {
    /// The grid of a task that starts at `now`; `None` if the interval is negative.
    pub(crate) fn starting(spec: &TaskSpec, seed: u64, now: Now) -> Option<Self> {
        let ScheduleSpec::Every { interval, from: _, align } = spec.schedule;
        let spacing = interval.spacing()?;
        let timeline = if align { Timeline::Wall } else { Timeline::Boot };
        let start = timeline.read(now);
        let (next, last) = match spec.first {
            _ if align => (after(boundary(0, spacing.as_nanos(), start), spacing), None),
            FirstRun::AfterSpacing | FirstRun::Immediately => (after(start, spacing), Some(start)),
            FirstRun::After(delay) => (start.saturating_add(nanos(delay)), None),
        };
        let spread = Spread::new(spec.jitter, spacing, seed);
        Some(Self { timeline, spacing, spread, jitter: spec.jitter, seed, next, last })
    }

    /// When the next slot is due, its jitter included.
    pub(crate) fn due(&self) -> i64 {
        self.next.saturating_add(self.spread.delay(self.next))
    }

    /// The next undecided slot.
    pub(crate) fn next(&self) -> i64 {
        self.next
    }

    /// How far a slot's run is moved behind it; slots beside the grid have no jitter.
    pub(crate) fn delay_of(&self, slot: Slot) -> Duration {
        if slot.kind != SlotKind::Scheduled {
            return Duration::ZERO;
        }
        let at = match self.timeline {
            Timeline::Boot => slot.at.as_nanos(),
            Timeline::Wall => slot.scheduled.as_nanos(),
        };
        Duration::from_nanos(self.spread.delay(at).unsigned_abs())
    }

    pub(crate) fn spacing(&self) -> i64 {
        self.spacing.as_nanos()
    }

    /// Takes every slot that is due before `limit`.
    pub(crate) fn take(&mut self, limit: i64) -> Option<Passed> {
        let oldest = self.next;
        if oldest == NEVER || self.due() >= limit {
            return None;
        }
        if limit.saturating_sub(oldest) <= self.spacing.as_nanos() {
            // By far the most common case, and the others divide.
            self.decided(oldest);
            return Some(Passed { oldest, newest: oldest, count: 1 });
        }
        let mut newest = boundary(oldest, self.spacing.as_nanos(), limit.saturating_sub(1));
        // Jitter is shorter than the spacing, so only the newest slot can lie before `limit` and be due after it.
        if newest.saturating_add(self.spread.delay(newest)) >= limit {
            newest -= self.spacing.as_nanos();
        }
        let steps = (newest - oldest) / self.spacing.as_nanos();
        self.decided(newest);
        Some(Passed { oldest, newest, count: steps.unsigned_abs() + 1 })
    }

    /// Takes the next slot if it is due before `limit`; those after it stay.
    pub(crate) fn take_one(&mut self, limit: i64) -> Option<Passed> {
        let slot = self.next;
        if slot == NEVER || self.due() >= limit {
            return None;
        }
        self.decided(slot);
        Some(Passed { oldest: slot, newest: slot, count: 1 })
    }

    /// Goes on from the end of a run.
    pub(crate) fn restart_at(&mut self, end: Instant) {
        self.decided(end.as_nanos());
    }

    /// Has no next slot until it is restarted.
    pub(crate) fn suspend(&mut self) {
        self.next = NEVER;
    }

    /// Whether it waits to be restarted.
    pub(crate) fn is_suspended(&self) -> bool {
        self.next == NEVER
    }

    /// Changes the spacing: the next slot is the last one plus the new spacing, or now if that is past.
    pub(crate) fn respace(&mut self, spacing: Spacing, now: Now) {
        self.spacing = spacing;
        self.spread = Spread::new(self.jitter, spacing, self.seed);
        if self.is_suspended() {
            return;
        }
        let now = self.timeline.read(now);
        match (self.timeline, self.last) {
            (Timeline::Boot, Some(last)) => self.next = after(last, spacing).max(now),
            // The first slot's time was asked for by itself and does not depend on the spacing.
            (Timeline::Boot, None) => {}
            (Timeline::Wall, last) => {
                let from = last.unwrap_or(i64::MIN).max(now.saturating_sub(1));
                self.next = after(boundary(0, spacing.as_nanos(), from), spacing);
            }
        }
    }

    /// Changes by how much runs are moved behind their slots.
    pub(crate) fn set_jitter(&mut self, jitter: Jitter) {
        self.jitter = jitter;
        self.spread = Spread::new(jitter, self.spacing, self.seed);
    }

    fn decided(&mut self, slot: i64) {
        self.last = Some(slot);
        self.next = after(slot, self.spacing);
    }
}

fn after(slot: i64, spacing: Spacing) -> i64 {
    slot.saturating_add(spacing.as_nanos())
}

/// Whether a task's next slot begins where its last run ends.
pub(crate) fn follows_its_end(spec: &TaskSpec) -> bool {
    let ScheduleSpec::Every { from, .. } = spec.schedule;
    from == Anchor::Finish
}
