use super::{Phase, Row, Shape};
use crate::schedule::{NEVER, Timeline};
use crate::scheduler::active_run::ActiveRun;
use crate::spec::Overlap;

/// When a row must be visited next, on each timeline.
pub(crate) struct NextWake {
    pub(crate) boot: i64,
    pub(crate) wall: i64,
}

impl Default for NextWake {
    fn default() -> Self {
        Self { boot: NEVER, wall: NEVER }
    }
}

impl Row {
    /// Returns when to visit this row next: never, if a slot would change nothing before a run ends or a control call
    /// comes.
    #[inline]
    pub(crate) fn next_wake(&self) -> NextWake {
        if let (Some(grid), Phase::Active, None) = (&self.grid, self.phase, &self.extra)
            && self.going.is_empty()
            && !self.paused
        {
            let due = grid.due();
            return match grid.timeline() {
                Timeline::Boot => NextWake { boot: due, wall: NEVER },
                Timeline::Wall => NextWake { boot: NEVER, wall: due },
            };
        }
        if self.waits_for_its_run() {
            return NextWake::default();
        }
        self.next_wake_in_general()
    }

    /// Whether it needs no visit before its only run has ended.
    #[inline]
    pub(crate) fn waits_for_its_run(&self) -> bool {
        matches!(
            (self.going.as_slice(), self.shape, self.overlap),
            ([ActiveRun { retries: None, .. }], Shape::Plain, Overlap::Skip)
        )
    }

    fn next_wake_in_general(&self) -> NextWake {
        let mut next = NextWake::default();
        if let Some(due) = self.next_retry() {
            next.boot = due.as_nanos();
        }
        if self.phase != Phase::Active || self.lets_slots_pass() {
            return next;
        }
        if let Some((at, _)) = self.extra() {
            next.boot = next.boot.min(at.as_nanos());
        }
        if let Some(grid) = &self.grid {
            // The slot itself ends the wait for a retry, not its run, which jitter moves.
            let due = if self.awaits_retry() { grid.next() } else { grid.due() };
            match grid.timeline() {
                Timeline::Boot => next.boot = next.boot.min(due),
                Timeline::Wall => next.wall = due,
            }
        }
        next
    }

    /// Whether due slots change nothing before a run ends or a control call comes.
    pub(crate) fn lets_slots_pass(&self) -> bool {
        let replaces = self.overlap == Overlap::Replace && self.held().is_none();
        self.paused || (self.is_saturated() && !replaces && !self.awaits_retry())
    }
}
