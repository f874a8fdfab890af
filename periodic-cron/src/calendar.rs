//! The Gregorian calendar, as far as cron needs it: the length of a month, and the day of the week on which it begins.

/// The last year with matches; the first one is its negative.
pub(crate) const LAST_YEAR: i16 = 9999;
pub(crate) const FIRST_YEAR: i16 = -LAST_YEAR;

/// A month's shape. It alone decides which days of the month match.
#[derive(Clone, Copy)]
pub(crate) struct Month {
    /// 28 to 31.
    pub(crate) length: u8,
    /// The day of the week of the 1st, 0 for Sunday.
    pub(crate) first: u8,
}

impl Month {
    /// Returns the month `month` (1 to 12) of a year.
    pub(crate) fn of(year: i16, month: u8) -> Self {
        // The days of the week by which the earlier months move its 1st. The leap day comes last, because January and
        // February count as months of the year before.
        const OFFSETS: [i32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        // The calendar repeats after 400 years, which are whole weeks.
        let year = i32::from(year).rem_euclid(400) + 400;
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let shifted = if month < 3 { year - 1 } else { year };
        let days =
            shifted + shifted / 4 - shifted / 100 + shifted / 400 + OFFSETS[usize::from(month) - 1] + 1;
        Self {
            length: longest(month) - u8::from(month == 2 && !leap),
            // A remainder of seven.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            first: (days % 7) as u8,
        }
    }
}

/// Returns the most days that `month` can have.
pub(crate) const fn longest(month: u8) -> u8 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_follow_on_each_other_for_two_cycles() {
        // 1 January 2000 was a Saturday.
        let mut first = 6;
        for year in 2000..2800 {
            for month in 1..=12 {
                let shape = Month::of(year, month);
                assert_eq!(shape.first, first, "{year}-{month}");
                assert_eq!(Month::of(year - 2400, month).first, first);
                first = (first + shape.length) % 7;
            }
        }
        let lengths = |year| (1..=12).map(move |month| u32::from(Month::of(year, month).length)).sum::<u32>();
        assert_eq!([1900, 2000, 2023, 2024, 2100, 0, -4].map(lengths), [365, 366, 365, 366, 365, 366, 366]);
    }
}
