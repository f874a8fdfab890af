use core::fmt;

#[cfg(feature = "cron")]
use super::{Cron, Expression};
use super::{Interval, Spacing};

/// The times at which a task runs.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum ScheduleSpec {
    /// At a fixed distance.
    Every {
        /// The distance.
        interval: Interval,
        /// The point from which it is measured.
        from: Anchor,
        /// Whether the grid is aligned to the wall clock: multiples of the spacing since the Unix epoch.
        align: bool,
    },
    /// At the readings of a zone's clocks that match an expression. Only with the feature `cron`.
    #[cfg(feature = "cron")]
    Cron(Cron),
}

impl ScheduleSpec {
    /// Returns the same schedule with another interval; a schedule without an interval stays unchanged.
    #[must_use]
    pub const fn with_interval(self, interval: Interval) -> Self {
        match self {
            Self::Every { from, align, .. } => Self::Every { interval, from, align },
            #[cfg(feature = "cron")]
            Self::Cron(_) => self,
        }
    }

    /// Returns the interval as it was written; `None` for a schedule without one.
    pub const fn interval(self) -> Option<Interval> {
        match self {
            Self::Every { interval, .. } => Some(interval),
            #[cfg(feature = "cron")]
            Self::Cron(_) => None,
        }
    }

    /// Returns the distance of the slots; `None` if the interval is negative, or there is none.
    pub const fn spacing(self) -> Option<Spacing> {
        match self.interval() {
            Some(interval) => interval.spacing(),
            None => None,
        }
    }

    /// Whether it has no slots because its interval is negative.
    pub(crate) fn is_negative(self) -> bool {
        self.interval().is_some_and(|interval| interval.spacing().is_none())
    }

    /// Returns the schedule on the wall clock, if it is one. Only with the feature `cron`.
    #[cfg(feature = "cron")]
    pub const fn cron(self) -> Option<Cron> {
        match self {
            Self::Every { .. } => None,
            Self::Cron(cron) => Some(cron),
        }
    }

    /// Returns the schedule with another expression; in UTC if it was not on the wall clock before.
    #[cfg(feature = "cron")]
    pub(crate) fn with_expression(self, expression: Expression) -> Self {
        Self::Cron(match self {
            Self::Every { .. } => Cron::of(expression),
            Self::Cron(cron) => cron.with(expression),
        })
    }

    /// Returns the schedule with `change` applied to its `Cron`; a schedule without one stays unchanged.
    #[cfg(feature = "cron")]
    pub(crate) fn with_cron(self, change: impl FnOnce(Cron) -> Cron) -> Self {
        self.cron().map_or(self, |cron| Self::Cron(change(cron)))
    }

    /// Returns the point from which the distance is measured, and whether the slots lie on the wall clock's grid.
    pub(crate) const fn origin(self) -> (Anchor, bool) {
        match self {
            Self::Every { from, align, .. } => (from, align),
            #[cfg(feature = "cron")]
            Self::Cron(_) => (Anchor::Start, true),
        }
    }
}

/// The point from which a spacing is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Anchor {
    /// From slot to slot: a fixed rate.
    #[default]
    Start,
    /// From the end of the last run: a fixed delay.
    Finish,
}

impl fmt::Display for ScheduleSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (interval, from, align) = match self {
            Self::Every { interval, from, align } => (interval, from, align),
            #[cfg(feature = "cron")]
            Self::Cron(cron) => return cron.fmt(f),
        };
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
