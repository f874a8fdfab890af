//! Readings of a clock as numbers: seconds since 1970-01-01T00:00:00 on that clock.

use periodic_cron::Civil;

use crate::time::civil_date;

const DAY: i64 = 86_400;

/// Returns the reading of `seconds`.
pub(super) fn reading(seconds: i64) -> Civil {
    let (days, second) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let (year, month, day) = civil_date(days);
    // Instants are within 292 years of 1970, and zones within two days of UTC.
    #[allow(clippy::cast_possible_truncation)]
    Civil {
        year: year as i16,
        month: month as i8,
        day: day as i8,
        hour: (second / 3_600) as i8,
        minute: (second / 60 % 60) as i8,
        second: (second % 60) as i8,
    }
}

/// Returns the seconds of a reading.
pub(super) fn seconds(civil: Civil) -> i64 {
    let time = i64::from(civil.hour) * 3_600 + i64::from(civil.minute) * 60 + i64::from(civil.second);
    days(civil.year.into(), civil.month.into(), civil.day.into()) * DAY + time
}

/// Returns the day since 1970-01-01 of a Gregorian date (Hinnant's algorithm, the inverse of [`civil_date`]).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month < 3 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let from_march = if month < 3 { month + 9 } else { month - 3 };
    let day_of_year = (153 * from_march + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back_on_every_day_of_eight_centuries() {
        let mut last = reading(-150_000 * DAY - 1);
        for day in -150_000..150_000 {
            let at = day * DAY + day.rem_euclid(DAY);
            let civil = reading(at);
            assert_eq!(seconds(civil), at, "{civil:?}");
            assert!(civil > last, "{civil:?}");
            last = civil;
        }
        let leap = Civil { year: 2000, month: 2, day: 29, hour: 23, minute: 59, second: 59 };
        assert_eq!(seconds(leap), 951_868_799);
    }
}
