use periodic_cron::Civil;

use crate::{at, pattern};

const DAY: (i16, i8, i8) = (2026, 11, 21);

#[test]
fn jumps_over_seconds_minutes_hours_days_and_years() {
    let next = |text, from| pattern(text).next_after(from).unwrap();
    assert_eq!(next("* * * * * *", at(DAY, (9, 0, 0))), at(DAY, (9, 0, 1)));
    assert_eq!(next("* * * * *", at(DAY, (9, 0, 0))), at(DAY, (9, 1, 0)));
    assert_eq!(next("* * * * *", at(DAY, (9, 59, 59))), at(DAY, (10, 0, 0)));
    assert_eq!(next("*/15 9-17 * * *", at(DAY, (9, 50, 0))), at(DAY, (10, 0, 0)));
    assert_eq!(next("*/15 9-17 * * *", at(DAY, (17, 45, 0))), at((2026, 11, 22), (9, 0, 0)));
    assert_eq!(next("30 5 2 1,7 *", at(DAY, (9, 0, 0))), at((2027, 1, 2), (5, 30, 0)));
    assert_eq!(next("30 5 2 1,7 *", at((2026, 7, 2), (5, 29, 59))), at((2026, 7, 2), (5, 30, 0)));
    assert_eq!(next("15,45 * * * * *", at((2026, 12, 31), (23, 59, 45))), at((2027, 1, 1), (0, 0, 15)));
}

#[test]
fn and_backwards() {
    let previous = |text, from| pattern(text).prev_before(from).unwrap();
    assert_eq!(previous("* * * * * *", at(DAY, (9, 0, 1))), at(DAY, (9, 0, 0)));
    assert_eq!(previous("* * * * *", at(DAY, (9, 0, 0))), at(DAY, (8, 59, 0)));
    assert_eq!(previous("* * * * *", at(DAY, (9, 0, 1))), at(DAY, (9, 0, 0)));
    assert_eq!(previous("*/15 9-17 * * *", at(DAY, (9, 0, 0))), at((2026, 11, 20), (17, 45, 0)));
    assert_eq!(previous("30 5 2 1,7 *", at(DAY, (9, 0, 0))), at((2026, 7, 2), (5, 30, 0)));
    assert_eq!(previous("15,45 * * * * *", at((2027, 1, 1), (0, 0, 15))), at((2026, 12, 31), (23, 59, 45)));
}

#[test]
fn the_calendar_has_two_ends() {
    let every_second = pattern("* * * * * *");
    let (first, last) = (at((-9999, 1, 1), (0, 0, 0)), at((9999, 12, 31), (23, 59, 59)));
    assert_eq!((every_second.next_after(last), every_second.prev_before(first)), (None, None));
    assert!(every_second.matches(first) && every_second.matches(last));
    let (before, after) = (Civil { year: i16::MIN, ..first }, Civil { year: i16::MAX, ..last });
    assert_eq!((every_second.next_after(before), every_second.prev_before(after)), (Some(first), Some(last)));
    assert_eq!((every_second.next_after(after), every_second.prev_before(before)), (None, None));
    assert!(!every_second.matches(before) && !every_second.matches(after));
    // 9999 is no leap year, and there is no other.
    assert_eq!(pattern("0 0 29 2 *").next_after(at((9996, 2, 29), (0, 0, 0))), None);
}

#[test]
fn readings_that_no_clock_shows_lie_between_their_neighbours() {
    let daily = pattern("0 12 * * *");
    assert_eq!(daily.next_after(at((2026, 11, 31), (0, 0, 0))), Some(at((2026, 12, 1), (12, 0, 0))));
    assert_eq!(daily.next_after(at((2026, 11, 127), (0, 0, 0))), Some(at((2026, 12, 1), (12, 0, 0))));
    assert_eq!(daily.next_after(at((2026, 13, 1), (0, 0, 0))), Some(at((2027, 1, 1), (12, 0, 0))));
    assert_eq!(daily.prev_before(at((2026, 0, 99), (0, 0, 0))), Some(at((2025, 12, 31), (12, 0, 0))));
    assert_eq!(daily.next_after(at((2026, 11, 21), (11, 60, 60))), Some(at((2026, 11, 21), (12, 0, 0))));
    assert_eq!(daily.next_after(at((2026, -1, -1), (-1, -1, -1))), Some(at((2026, 1, 1), (12, 0, 0))));
    assert!(!daily.matches(at((2026, 11, 31), (12, 0, 0))));
    assert!(!daily.matches(at((2026, 11, 21), (12, -1, 0))));
    assert!(!daily.matches(at((2026, 11, 21), (12, 127, 0))));
}
