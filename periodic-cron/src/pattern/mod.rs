//! Matching and searching, which jumps from field to field.

mod count;
mod search;
mod times;

use crate::Civil;
use crate::bits::has;
use crate::calendar::{FIRST_YEAR, LAST_YEAR, Month};
use crate::days::Days;
pub(crate) use times::Times;

/// The readings of the clock at which an expression fires.
///
/// Made by [`Cron::resolve`](crate::Cron::resolve). A pattern knows no zone: the caller decides about a reading that a
/// zone leaves out or shows twice.
///
/// Every method takes any [`Civil`] and never panics. An impossible reading, such as the 40th of a month, never
/// matches; it lies between its neighbours in the order of [`Civil`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern {
    pub(crate) times: Times,
    pub(crate) open_hours: bool,
    /// Bit 1 is January.
    pub(crate) months: u16,
    pub(crate) days: Days,
}

impl Pattern {
    /// Whether the expression fires at `civil`.
    pub fn matches(&self, civil: Civil) -> bool {
        (FIRST_YEAR..=LAST_YEAR).contains(&civil.year)
            && self.times.has(civil)
            && has(self.days_of(civil.year, civil.month), civil.day)
    }

    /// Whether the hours are open.
    ///
    /// They are open if their field begins with `*`, is `H` with a step, such as `H/4`, or holds all 24 hours in any
    /// spelling. When clocks change, such an expression continues hour after hour: it misses nothing in a gap, and it
    /// runs through both hours of an overlap. Fixed hours need a rule for each.
    ///
    /// # Examples
    /// ```
    /// use periodic_cron::Cron;
    ///
    /// for open in ["30 * * * *", "30 */2 * * *", "30 0/1 * * *", "30 0-11,12-23 * * *", "30 H/4 * * *"] {
    ///     assert!(Cron::parse(open)?.resolve(0).has_open_hours(), "{open}");
    /// }
    /// for fixed in ["30 2 * * *", "30 0-22 * * *", "30 0/2 * * *", "30 H(0-5)/2 * * *"] {
    ///     assert!(!Cron::parse(fixed)?.resolve(0).has_open_hours(), "{fixed}");
    /// }
    /// # Ok::<(), periodic_cron::CronError>(())
    /// ```
    pub const fn has_open_hours(&self) -> bool {
        self.open_hours
    }

    /// Returns the matching days of a month: bit `n` is the day `n`.
    fn days_of(&self, year: i16, month: i8) -> u64 {
        if has(self.months.into(), month) {
            self.days.of(Month::of(year, month.unsigned_abs())).into()
        } else {
            0
        }
    }
}
