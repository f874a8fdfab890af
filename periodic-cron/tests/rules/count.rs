use crate::{at, pattern};

#[test]
fn counts_what_lies_in_the_half_open_range() {
    let quarters = pattern("*/15 * * * *");
    let nine = at((2026, 11, 21), (9, 0, 0));
    let count = |until| quarters.count_between(nine, until);
    assert_eq!(count(nine), 0);
    assert_eq!(count(at((2026, 11, 21), (8, 0, 0))), 0);
    assert_eq!(count(at((2026, 11, 21), (9, 0, 1))), 1);
    assert_eq!(count(at((2026, 11, 21), (9, 15, 0))), 1);
    assert_eq!(count(at((2026, 11, 21), (9, 15, 1))), 2);
    assert_eq!(count(at((2026, 11, 22), (9, 0, 0))), 96);
    assert_eq!(count(at((2027, 11, 21), (9, 0, 0))), 365 * 96);
}

#[test]
fn counts_whole_calendars() {
    let all =
        |text| pattern(text).count_between(at((i16::MIN, 1, 1), (0, 0, 0)), at((i16::MAX, 1, 1), (0, 0, 0)));
    // 19 999 years around the year 0, with a leap day in 97 of every 400.
    let leap_years = 2 * 25 * 97 - 1;
    assert_eq!(all("0 0 1 1 *"), 19_999);
    assert_eq!(all("0 0 29 2 *"), leap_years);
    assert_eq!(all("* * * * * *"), (19_999 * 365 + leap_years) * 86_400);
}

#[test]
fn readings_that_no_clock_shows_bound_a_count() {
    let daily = pattern("0 12 * * *");
    let count = |from, until| daily.count_between(at(from, (0, 0, 0)), at(until, (0, 0, 0)));
    assert_eq!(count((2026, 13, 5), (2027, 1, 1)), 0);
    assert_eq!(count((2026, 12, 30), (2026, 99, 1)), 2);
    assert_eq!(count((2026, 0, 0), (2026, 1, 127)), 31);
}
