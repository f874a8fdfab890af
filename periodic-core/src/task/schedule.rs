use core::fmt;

use super::{Interval, Spacing};

/// When a task runs.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum ScheduleSpec {
    /// At a fixed distance.
    Every {
        /// The distance.
        interval: Interval,
        /// From what it is measured.
        from: Anchor,
        /// Whether the grid is the wall clock's: multiples of the spacing since the Unix epoch.
        align: bool,
    },
}

impl ScheduleSpec {
    /// The same schedule with another interval.
    #[must_use]
    pub const fn with_interval(self, interval: Interval) -> Self {
        let Self::Every { from, align, .. } = self;
        Self::Every { interval, from, align }
    }

    /// The interval as it was written.
    pub const fn interval(self) -> Interval {
        let Self::Every { interval, .. } = self;
        interval
    }

    /// The distance of the slots, `None` if the interval is negative.
    pub const fn spacing(self) -> Option<Spacing> {
        let Self::Every { interval, .. } = self;
        interval.spacing()
    }
}

/// From what a spacing is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Anchor {
    /// From slot to slot: a fixed rate.
    #[default]
    Start,
    /// From the end of the last run: a fixed delay.
    Finish,
}

impl fmt::Display for ScheduleSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Every { interval, from, align } = self;
        let Some(spacing) = interval.spacing() else {
            return write!(f, "spacing {interval}");
        };
        write!(f, "every {spacing}")?;
        if *align {
            f.write_str(" of the clock")?;
        }
        if *from == Anchor::Finish {
            f.write_str(" after its end")?;
        }
        Ok(())
    }
}
