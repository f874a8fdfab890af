//! Dates looked up in a printed calendar.

use crate::{dates, days_of};

#[test]
fn numbers_and_days_of_the_week() {
    // 1 November 2026 is a Sunday.
    assert_eq!(days_of("0 0 1,15,31 * *", 2026, 11), [1, 15]);
    assert_eq!(days_of("0 0 */10 * *", 2026, 11), [1, 11, 21]);
    assert_eq!(days_of("0 0 * * SUN", 2026, 11), [1, 8, 15, 22, 29]);
    assert_eq!(days_of("0 0 * * 7", 2026, 11), [1, 8, 15, 22, 29]);
    assert_eq!(days_of("0 0 * * sat-mon", 2026, 11), [1, 2, 7, 8, 9, 14, 15, 16, 21, 22, 23, 28, 29, 30]);
    assert_eq!(days_of("0 0 ? * 5-7/2", 2026, 11), [1, 6, 8, 13, 15, 20, 22, 27, 29]);
    assert_eq!(days_of("0 0 * * MON-FRI", 2026, 2).len(), 20);
}

#[test]
fn leap_days() {
    let leap_days = dates("0 0 29 2 *", (1890, 1, 1), (1912, 12, 31));
    assert_eq!(leap_days, [(1892, 2, 29), (1896, 2, 29), (1904, 2, 29), (1908, 2, 29), (1912, 2, 29)]);
    assert_eq!(dates("0 0 29 2 *", (1999, 1, 1), (2003, 1, 1)), [(2000, 2, 29)]);
    assert_eq!(dates("0 0 29 2 *", (2097, 1, 1), (2105, 1, 1)), [(2104, 2, 29)]);
    assert_eq!(dates("0 0 29 2 *", (0, 1, 1), (4, 12, 31)), [(0, 2, 29), (4, 2, 29)]);
}

#[test]
fn last_days() {
    assert_eq!(days_of("0 0 L * *", 2026, 2), [28]);
    assert_eq!(days_of("0 0 L * *", 2028, 2), [29]);
    assert_eq!(days_of("0 0 L-3 * *", 2026, 4), [27]);
    assert_eq!(days_of("0 0 L,L-1,1 * *", 2026, 12), [1, 30, 31]);
    assert_eq!(
        dates("0 0 L-30 * *", (2026, 1, 1), (2026, 5, 31)),
        [(2026, 1, 1), (2026, 3, 1), (2026, 5, 1)]
    );
}

#[test]
fn nearest_weekdays_stay_in_their_month() {
    // 15 November 2026 is a Sunday, 15 August a Saturday, 15 September a Tuesday.
    assert_eq!(days_of("0 0 15W * *", 2026, 11), [16]);
    assert_eq!(days_of("0 0 15W * *", 2026, 8), [14]);
    assert_eq!(days_of("0 0 15W * *", 2026, 9), [15]);
    // The 1st is a Saturday in August 2026, a Sunday in November.
    assert_eq!(days_of("0 0 1W * *", 2026, 8), [3]);
    assert_eq!(days_of("0 0 1W * *", 2026, 11), [2]);
    // The last is a Saturday in October 2026, a Sunday in May, and in February 2032, which has 29 days.
    assert_eq!(days_of("0 0 LW * *", 2026, 10), [30]);
    assert_eq!(days_of("0 0 LW * *", 2026, 5), [29]);
    assert_eq!(days_of("0 0 31W * *", 2026, 5), [29]);
    assert_eq!(days_of("0 0 29W 2 *", 2032, 2), [27]);
    assert_eq!(days_of("0 0 L-1W * *", 2026, 5), [29]);
    // There is no day, so there is none near it.
    assert_eq!(days_of("0 0 31W * *", 2026, 4), []);
}

#[test]
fn certain_days_of_the_week() {
    assert_eq!(days_of("0 0 * * FRIL", 2026, 11), [27]);
    assert_eq!(days_of("0 0 * * 1L", 2026, 11), [30]);
    assert_eq!(days_of("0 0 * * 7L", 2026, 5), [31]);
    assert_eq!(days_of("0 0 * * 0l", 2026, 2), [22]);
    assert_eq!(days_of("0 0 * * FRI#1", 2026, 11), [6]);
    assert_eq!(days_of("0 0 * * SUN#1,sun#3", 2026, 11), [1, 15]);
    assert_eq!(days_of("0 0 * * MON#5", 2026, 11), [30]);
    assert_eq!(days_of("0 0 * * TUE#5", 2026, 11), []);
    assert_eq!(days_of("0 0 * * TUE,FRI#2", 2026, 11), [3, 10, 13, 17, 24]);
    // The leap day of 2032 is the fifth Sunday of its month, for the first time since 2004.
    assert_eq!(dates("0 0 * 2 SUN#5", (2005, 1, 1), (2040, 1, 1)), [(2032, 2, 29)]);
}

#[test]
fn two_day_fields() {
    // Friday the 13th, or: every 13th and every Friday.
    assert_eq!(days_of("0 0 13 * FRI", 2026, 10), [2, 9, 13, 16, 23, 30]);
    // A field that begins with a star restricts the other.
    assert_eq!(days_of("0 0 */2 * FRI", 2026, 10), [9, 23]);
    assert_eq!(days_of("0 0 1-31/2 * FRI", 2026, 11).len(), 15 + 2);
    assert_eq!(days_of("0 0 13 * */5", 2026, 11), [13]);
    assert_eq!(days_of("0 0 L * MON#1", 2026, 11), [2, 30]);
    assert_eq!(days_of("0 0 ? * MON#1", 2026, 11), [2]);
    assert_eq!(days_of("0 0 *,L * MON#1", 2026, 11), [2]);
}

#[test]
fn rare_days() {
    // The leap day is a Saturday in 2020, a Thursday, a Tuesday and a Sunday; a Monday in 2016.
    let even_weekdays = dates("0 0 29 2 */2", (2016, 1, 1), (2033, 1, 1));
    assert_eq!(even_weekdays, [(2020, 2, 29), (2024, 2, 29), (2028, 2, 29), (2032, 2, 29)]);
    let weekends = dates("0 0 29 2 */6", (2033, 1, 1), (2090, 1, 1));
    assert_eq!(weekends, [(2048, 2, 29), (2060, 2, 29), (2076, 2, 29), (2088, 2, 29)]);
    // From 2096 the next leap day is in 2104.
    assert_eq!(dates("0 0 29 2 */6", (2089, 1, 1), (2130, 1, 1)), [(2116, 2, 29), (2128, 2, 29)]);
}
