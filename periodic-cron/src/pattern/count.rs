use super::Pattern;
use crate::Civil;
use crate::bits::{below, count, first, has};
use crate::calendar::{FIRST_YEAR, LAST_YEAR};

impl Pattern {
    /// Returns the number of matches at or after `from` and before `until`; 0 if `until` is not after `from`.
    ///
    /// Adds up months, so the cost does not depend on the number of matches.
    ///
    /// # Examples
    /// ```
    /// use periodic_cron::{Civil, Cron};
    ///
    /// let every_second = Cron::parse("* * * * * *")?.resolve(0);
    /// let new_year = Civil { year: 2026, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
    /// let next = Civil { year: 2027, ..new_year };
    /// assert_eq!(every_second.count_between(new_year, next), 365 * 24 * 60 * 60);
    /// # Ok::<(), periodic_cron::CronError>(())
    /// ```
    pub fn count_between(&self, from: Civil, until: Civil) -> u64 {
        if until <= from {
            return 0;
        }
        let whole_years = from.year.max(FIRST_YEAR)..until.year.min(LAST_YEAR + 1);
        let matches: u64 = whole_years.map(|year| self.count_in(year, self.months.into())).sum();
        matches + self.count_in_year_before(until) - self.count_in_year_before(from)
    }

    /// Returns the number of matches in `civil`'s year before `civil`.
    fn count_in_year_before(&self, civil: Civil) -> u64 {
        if !(FIRST_YEAR..=LAST_YEAR).contains(&civil.year) {
            return 0;
        }
        let earlier_months = self.count_in(civil.year, below(self.months.into(), civil.month));
        let days = self.days_of(civil.year, civil.month);
        let earlier_days = count(below(days, civil.day)) * self.times.count();
        let earlier_today = if has(days, civil.day) { self.times.count_before(civil) } else { 0 };
        earlier_months + earlier_days + earlier_today
    }

    fn count_in(&self, year: i16, mut months: u64) -> u64 {
        let mut days = 0;
        while let Some(month) = first(months) {
            days += count(self.days_of(year, month));
            months &= months - 1;
        }
        days * self.times.count()
    }
}
