//! Slots where clocks are set, worked out by hand from the zones' published rules.

use std::time::Duration;

use periodic::task::{Dst, DstGap, DstRepeat};
use periodic::time::Timestamp;

use super::{calendar, time};

const DEFAULT: Dst = Dst::new();
const SKIP: Dst = Dst::new().gap(DstGap::Skip);
const TWICE: Dst = Dst::new().overlap(DstRepeat::Twice);

/// The slots after `from` are these, going forward and back, and as many as are counted.
#[track_caller]
fn expect(zone: &'static str, text: &'static str, dst: Dst, from: &str, slots: &[&str]) {
    let calendar = calendar(text, zone, dst);
    let slots: Vec<_> = slots.iter().map(|slot| time(slot)).collect();
    let (from, last) = (time(from), *slots.last().unwrap());
    let forward: Vec<_> = calendar.slots_after(from).take_while(|slot| *slot <= last).collect();
    assert_eq!(forward, slots, "{text} {zone}");
    let mut backward: Vec<_> = std::iter::successors(Some(last), |slot| calendar.prev_before(*slot))
        .take_while(|slot| *slot > from)
        .collect();
    backward.reverse();
    assert_eq!(backward, slots, "{text} {zone}, backward");
    assert_eq!(
        calendar.count_between(from + Duration::from_nanos(1), last) + 1,
        slots.len() as u64,
        "{text} {zone}, counted"
    );
}

#[test]
fn berlin_goes_from_two_to_three() {
    let expect = |text, dst, from, slots: &[&str]| expect("Europe/Berlin", text, dst, from, slots);
    let before = "2026-03-28T12:00:00Z";
    expect("30 2 * * *", DEFAULT, before, &["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"]);
    expect("30 2 * * *", SKIP, before, &["2026-03-30T00:30:00Z"]);
    // However many readings are left out, and also where one lies at the end of the gap, it is one slot.
    expect("5,35 2 * * *", DEFAULT, before, &["2026-03-29T01:00:00Z", "2026-03-30T00:05:00Z"]);
    expect(
        "0 2,3 * * *",
        DEFAULT,
        before,
        &["2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z", "2026-03-30T01:00:00Z"],
    );
    expect("0 3 * * *", SKIP, before, &["2026-03-29T01:00:00Z", "2026-03-30T01:00:00Z"]);
    expect("59 59 1 * * *", DEFAULT, before, &["2026-03-29T00:59:59Z", "2026-03-29T23:59:59Z"]);
}

#[test]
fn berlin_goes_from_two_to_three_with_open_hours() {
    let expect = |text, dst, from, slots: &[&str]| expect("Europe/Berlin", text, dst, from, slots);
    let before = "2026-03-29T00:35:00Z";
    for dst in [DEFAULT, SKIP] {
        let slots = ["2026-03-29T00:45:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:15:00Z"];
        expect("*/15 * * * *", dst, before, &slots);
    }
    // Nothing is missing where the hours only go on, so nothing is made up for.
    for hours in ["*", "*/1", "0/1", "0-23", "0-23/1", "0-11,12-23", "0/2,1/2", "H/1"] {
        let text = format!("40 {hours} * * *").leak();
        for dst in [DEFAULT, SKIP] {
            expect(text, dst, before, &["2026-03-29T00:40:00Z", "2026-03-29T01:40:00Z"]);
        }
    }
    // Two o'clock does not come.
    expect(
        "40 */2 * * *",
        DEFAULT,
        "2026-03-28T23:00:00Z",
        &["2026-03-28T23:40:00Z", "2026-03-29T02:40:00Z"],
    );
    let fixed = ["2026-03-28T23:40:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:40:00Z"];
    expect("40 0/2 * * *", DEFAULT, "2026-03-28T23:00:00Z", &fixed);
}

#[test]
fn berlin_goes_from_three_to_two() {
    let expect = |text, dst, from, slots: &[&str]| expect("Europe/Berlin", text, dst, from, slots);
    let before = "2026-10-24T23:30:00Z";
    expect("30 2 * * *", DEFAULT, before, &["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]);
    let twice = ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z"];
    expect("30 2 * * *", TWICE, before, &twice);
    let slots =
        ["2026-10-25T00:00:00Z", "2026-10-25T00:20:00Z", "2026-10-25T00:40:00Z", "2026-10-26T01:00:00Z"];
    expect("*/20 2 * * *", DEFAULT, before, &slots);
    for dst in [DEFAULT, TWICE] {
        let slots = ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z"];
        for hours in ["*", "*/1", "0/1", "0-23", "12-23,0-11", "H/1"] {
            expect(format!("30 {hours} * * *").leak(), dst, before, &slots);
            let slots = ["2026-10-25T00:00:30Z", "2026-10-25T01:00:30Z", "2026-10-25T02:00:30Z"];
            expect(format!("30 0 {hours} * * ?").leak(), dst, before, &slots);
        }
        // Two o'clock comes twice, three o'clock once.
        let slots = ["2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T03:00:00Z"];
        expect("0 */2 * * *", dst, before, &slots);
    }
    // The change itself is the second showing of two, and no slot of three.
    expect("0 3 * * *", DEFAULT, before, &["2026-10-25T02:00:00Z", "2026-10-26T02:00:00Z"]);
}

#[test]
fn new_york_where_four_parsers_give_four_answers() {
    let expect = |text, dst, from, slots: &[&str]| expect("America/New_York", text, dst, from, slots);
    let spring = "2026-03-08T00:00:00Z";
    expect("30 2 * * *", DEFAULT, spring, &["2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z"]);
    expect("30 2 * * *", SKIP, spring, &["2026-03-09T06:30:00Z"]);
    let autumn = "2026-11-01T00:00:00Z";
    expect("30 1 * * *", DEFAULT, autumn, &["2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"]);
    let twice = ["2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z", "2026-11-02T06:30:00Z"];
    expect("30 1 * * *", TWICE, autumn, &twice);
    expect(
        "*/30 1 * * *",
        DEFAULT,
        autumn,
        &["2026-11-01T05:00:00Z", "2026-11-01T05:30:00Z", "2026-11-02T06:00:00Z"],
    );
}

#[test]
fn lord_howe_moves_by_half_an_hour() {
    let expect = |text, dst, from, slots: &[&str]| expect("Australia/Lord_Howe", text, dst, from, slots);
    expect("15 2 * * *", DEFAULT, "2026-10-03T00:00:00Z", &["2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z"]);
    let autumn = "2026-04-04T00:00:00Z";
    // Two o'clock does not come in October, and the hour before it has half an hour more in April.
    expect("0 * * * *", DEFAULT, "2026-10-03T14:00:00Z", &["2026-10-03T14:30:00Z", "2026-10-03T16:00:00Z"]);
    let half_past = ["2026-04-04T14:30:00Z", "2026-04-04T15:00:00Z", "2026-04-04T16:00:00Z"];
    expect("30 * * * *", DEFAULT, "2026-04-04T14:00:00Z", &half_past);
    expect("45 1 * * *", DEFAULT, autumn, &["2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z"]);
    expect(
        "45 1 * * *",
        TWICE,
        autumn,
        &["2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z", "2026-04-05T15:15:00Z"],
    );
}

#[test]
fn casablanca_goes_back_in_winter_for_ramadan() {
    let expect = |text, dst, from, slots: &[&str]| expect("Africa/Casablanca", text, dst, from, slots);
    expect("30 2 * * *", DEFAULT, "2026-02-14T12:00:00Z", &["2026-02-15T01:30:00Z", "2026-02-16T02:30:00Z"]);
    expect("30 2 * * *", DEFAULT, "2026-03-21T12:00:00Z", &["2026-03-22T02:00:00Z", "2026-03-23T01:30:00Z"]);
}

#[test]
fn kathmandu_once_moved_by_a_quarter() {
    let expect =
        |text, dst, slots: &[&str]| expect("Asia/Kathmandu", text, dst, "1985-06-01T00:00:00Z", slots);
    expect("5 0 1 1 *", DEFAULT, &["1985-12-31T18:30:00Z", "1986-12-31T18:20:00Z"]);
    expect("5 0 1 1 *", SKIP, &["1986-12-31T18:20:00Z"]);
    expect("15 0 1 1 *", SKIP, &["1985-12-31T18:30:00Z", "1986-12-31T18:30:00Z"]);
}

#[test]
fn santiago_changes_at_midnight() {
    let expect = |text, dst, from, slots: &[&str]| expect("America/Santiago", text, dst, from, slots);
    expect("@daily", DEFAULT, "2026-09-05T12:00:00Z", &["2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z"]);
    expect("@daily", SKIP, "2026-09-05T12:00:00Z", &["2026-09-07T03:00:00Z"]);
    let autumn = "2026-04-04T12:00:00Z";
    expect("@daily", TWICE, autumn, &["2026-04-05T04:00:00Z", "2026-04-06T04:00:00Z"]);
    expect("30 23 * * *", DEFAULT, autumn, &["2026-04-05T02:30:00Z", "2026-04-06T03:30:00Z"]);
    expect(
        "30 23 * * *",
        TWICE,
        autumn,
        &["2026-04-05T02:30:00Z", "2026-04-05T03:30:00Z", "2026-04-06T03:30:00Z"],
    );
}

#[test]
fn apia_left_out_a_day() {
    let expect = |text, dst, slots: &[&str]| expect("Pacific/Apia", text, dst, "2011-12-29T12:00:00Z", slots);
    let slots = ["2011-12-29T22:00:00Z", "2011-12-30T10:00:00Z", "2011-12-30T22:00:00Z"];
    expect("0 12 * * *", DEFAULT, &slots);
    expect("0 12 * * *", SKIP, &["2011-12-29T22:00:00Z", "2011-12-30T22:00:00Z"]);
    expect("0 12 30 12 *", DEFAULT, &["2011-12-30T10:00:00Z", "2012-12-29T22:00:00Z"]);
    expect("0 12 30 12 *", SKIP, &["2012-12-29T22:00:00Z"]);
    // Each hour of that day is a day from the next one, so only fixed hours are made up for.
    expect("0 */12 30 12 *", DEFAULT, &["2012-12-29T10:00:00Z", "2012-12-29T22:00:00Z"]);
    expect(
        "0 */12 * * *",
        DEFAULT,
        &["2011-12-29T22:00:00Z", "2011-12-30T10:00:00Z", "2011-12-30T22:00:00Z"],
    );
}

#[test]
fn cairo_interrupted_its_summer() {
    let expect = |text, dst, from, slots: &[&str]| expect("Africa/Cairo", text, dst, from, slots);
    let august = ["2010-08-10T20:30:00Z", "2010-08-10T21:30:00Z", "2010-08-11T21:30:00Z"];
    expect("30 23 * * *", TWICE, "2010-08-10T12:00:00Z", &august);
    let september = ["2010-09-09T22:00:00Z", "2010-09-10T21:30:00Z"];
    expect("30 0 * * *", DEFAULT, "2010-09-09T12:00:00Z", &september);
}

#[test]
fn istanbul_stayed_in_summer_from_one_year_to_the_next() {
    let expect = |text, dst, from, slots: &[&str]| expect("Europe/Istanbul", text, dst, from, slots);
    expect("30 3 * * *", TWICE, "2015-11-07T12:00:00Z", &["2015-11-08T00:30:00Z", "2015-11-08T01:30:00Z"]);
    expect("30 3 * * *", TWICE, "2016-10-29T12:00:00Z", &["2016-10-30T00:30:00Z", "2016-10-31T00:30:00Z"]);
}

#[test]
fn time_ends_on_both_sides() {
    let calendar = calendar("0 0 1 1 *", "Europe/Berlin", DEFAULT);
    assert_eq!(calendar.next_after(time("2261-12-31T23:00:00Z")), None);
    let (first, last) = (Timestamp::from_nanos(i64::MIN), Timestamp::from_nanos(i64::MAX));
    assert_eq!(calendar.next_after(last), None);
    assert_eq!(calendar.prev_before(first), None);
    assert_eq!(calendar.count_between(first, last), 2262 - 1677);
    assert_eq!(calendar.count_between(last, first), 0);
}

#[test]
fn a_slot_is_found_from_within_its_second() {
    let calendar = calendar("* * * * * *", "UTC", DEFAULT);
    let slot = time("2026-01-01T00:00:01Z");
    assert_eq!(calendar.next_after(time("2026-01-01T00:00:00.5Z")), Some(slot));
    assert_eq!(calendar.next_after(time("2026-01-01T00:00:00Z")), Some(slot));
    assert_eq!(calendar.prev_before(time("2026-01-01T00:00:01.000000001Z")), Some(slot));
    assert_eq!(calendar.count_between(slot, time("2026-01-01T00:00:01.000000001Z")), 1);
    assert_eq!(calendar.count_between(time("2026-01-01T00:00:00.1Z"), slot), 0);
}
