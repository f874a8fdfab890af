use core::fmt;

use super::text::GUTTER;
use crate::forecast::Forecast;
use crate::time::{Timestamp, nanos};

/// The width of the plot in pixels: two columns each.
pub(super) const PLOT: i64 = 720;

/// Tenths of a pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Px(pub(super) i64);

impl fmt::Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, tenth) = (self.0.div_euclid(10), self.0.rem_euclid(10));
        if tenth == 0 { write!(f, "{whole}") } else { write!(f, "{whole}.{tenth}") }
    }
}

/// The common layout of all panels: the place of the plot, and the time along it.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) margin: i64,
    gutter: i64,
}

impl Frame {
    /// Creates a layout as wide as the longest name needs, up to a limit.
    pub(super) fn of(panels: &[&Forecast]) -> Self {
        let names = panels.iter().flat_map(|panel| {
            panel.by_task().iter().map(|task| panel.short(task.name()).chars().count().min(GUTTER))
        });
        let letters = i64::try_from(names.max().unwrap_or(0)).unwrap_or(0);
        Self { margin: 16, gutter: (letters * 33).div_euclid(5).max(140) + 12 }
    }

    /// Returns the left end of the plot.
    pub(super) fn plot(&self) -> Px {
        Px((self.margin + self.gutter) * 10)
    }

    /// Returns the right end of the plot.
    pub(super) fn right(&self) -> Px {
        Px(self.plot().0 + PLOT * 10)
    }

    pub(super) fn width(&self) -> i64 {
        self.margin + self.gutter + PLOT + 60 + self.margin
    }

    /// Returns the place of a time, inside the plot.
    pub(super) fn x(&self, forecast: &Forecast, time: Timestamp) -> Px {
        let after = i128::from(time.as_nanos()) - i128::from(forecast.start().as_nanos());
        let horizon = i128::from(nanos(forecast.horizon())).max(1);
        let tenths = (after.clamp(0, horizon) * i128::from(PLOT * 10)) / horizon;
        Px(self.plot().0 + i64::try_from(tenths).unwrap_or(0))
    }
}
