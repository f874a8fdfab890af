use core::fmt;

#[cfg(feature = "cron")]
use super::{Cron, Expression};
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
    /// When a zone's clocks show what an expression says. Only with the feature `cron`.
    #[cfg(feature = "cron")]
    Cron(Cron),
}

impl ScheduleSpec {
    /// The same schedule with another interval; one without intervals stays as it is.
    #[must_use]
    pub const fn with_interval(self, interval: Interval) -> Self {
        match self {
            Self::Every { from, align, .. } => Self::Every { interval, from, align },
            #[cfg(feature = "cron")]
            Self::Cron(_) => self,
        }
    }

    /// The interval as it was written; `None` for a schedule without one.
    pub const fn interval(self) -> Option<Interval> {
        match self {
            Self::Every { interval, .. } => Some(interval),
            #[cfg(feature = "cron")]
            Self::Cron(_) => None,
        }
    }

    /// The distance of the slots; `None` if the interval is negative, or there is none.
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

    /// The schedule on the wall clock, if it is one. Only with the feature `cron`.
    #[cfg(feature = "cron")]
    pub const fn cron(self) -> Option<Cron> {
        match self {
            Self::Every { .. } => None,
            Self::Cron(cron) => Some(cron),
        }
    }

    /// A schedule by another expression; in UTC where it was none on the wall clock.
    #[cfg(feature = "cron")]
    pub(crate) fn with_expression(self, expression: Expression) -> Self {
        Self::Cron(match self {
            Self::Every { .. } => Cron::of(expression),
            Self::Cron(cron) => cron.with(expression),
        })
    }

    /// The same schedule with something of its expression's changed; one without stays as it is.
    #[cfg(feature = "cron")]
    pub(crate) fn with_cron(self, change: impl FnOnce(Cron) -> Cron) -> Self {
        self.cron().map_or(self, |cron| Self::Cron(change(cron)))
    }

    /// From what the distance is measured, and whether the slots lie on the wall clock's grid.
    pub(crate) const fn origin(self) -> (Anchor, bool) {
        match self {
            Self::Every { from, align, .. } => (from, align),
            #[cfg(feature = "cron")]
            Self::Cron(_) => (Anchor::Start, true),
        }
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
