use super::Pattern;
use crate::Civil;
use crate::bits::{above, below, first, has, last};
use crate::calendar::{FIRST_YEAR, LAST_YEAR};

impl Pattern {
    /// Returns the first match after `civil`, or `None` if there is none before the end of the year 9999.
    ///
    /// Takes at most some microseconds: the search goes from month to month at worst.
    ///
    /// # Examples
    /// ```
    /// use periodic_cron::{Civil, Cron};
    ///
    /// let leap_days = Cron::parse("0 0 29 2 *")?.resolve(0);
    /// let now = Civil { year: 2026, month: 11, day: 21, hour: 9, minute: 0, second: 0 };
    /// let next = Civil { year: 2028, month: 2, day: 29, hour: 0, ..now };
    /// assert_eq!(leap_days.next_after(now), Some(next));
    /// # Ok::<(), periodic_cron::CronError>(())
    /// ```
    pub fn next_after(&self, civil: Civil) -> Option<Civil> {
        if civil.year >= FIRST_YEAR {
            if civil.year > LAST_YEAR {
                return None;
            }
            let days = self.days_of(civil.year, civil.month);
            if has(days, civil.day)
                && let Some(today) = self.times.next_of(civil)
            {
                return Some(today);
            }
            if let Some(day) = first(above(days, civil.day)) {
                return self.times.first_of(Civil { day, ..civil });
            }
            let later_this_year = above(self.months.into(), civil.month);
            if let Some(date) = self.first_day_in(civil.year, later_this_year) {
                return self.times.first_of(date);
            }
        }
        let mut later_years = civil.year.saturating_add(1).max(FIRST_YEAR)..=LAST_YEAR;
        let date = later_years.find_map(|year| self.first_day_in(year, self.months.into()))?;
        self.times.first_of(date)
    }

    /// Returns the last match before `civil`, or `None` if there is none since the beginning of the year -9999.
    ///
    /// The mirror image of [`next_after`](Self::next_after).
    pub fn prev_before(&self, civil: Civil) -> Option<Civil> {
        if civil.year <= LAST_YEAR {
            if civil.year < FIRST_YEAR {
                return None;
            }
            let days = self.days_of(civil.year, civil.month);
            if has(days, civil.day)
                && let Some(today) = self.times.previous_of(civil)
            {
                return Some(today);
            }
            if let Some(day) = last(below(days, civil.day)) {
                return self.times.last_of(Civil { day, ..civil });
            }
            let earlier_this_year = below(self.months.into(), civil.month);
            if let Some(date) = self.last_day_in(civil.year, earlier_this_year) {
                return self.times.last_of(date);
            }
        }
        let earlier_years = FIRST_YEAR..=civil.year.saturating_sub(1).min(LAST_YEAR);
        let date = earlier_years.rev().find_map(|year| self.last_day_in(year, self.months.into()))?;
        self.times.last_of(date)
    }

    fn first_day_in(&self, year: i16, mut months: u64) -> Option<Civil> {
        while let Some(month) = first(months) {
            if let Some(day) = first(self.days_of(year, month)) {
                return Some(Civil { year, month, day, hour: 0, minute: 0, second: 0 });
            }
            months = above(months, month);
        }
        None
    }

    fn last_day_in(&self, year: i16, mut months: u64) -> Option<Civil> {
        while let Some(month) = last(months) {
            if let Some(day) = last(self.days_of(year, month)) {
                return Some(Civil { year, month, day, hour: 0, minute: 0, second: 0 });
            }
            months = below(months, month);
        }
        None
    }
}
