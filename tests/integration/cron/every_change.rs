//! Changes of clocks one by one: every minute beside one is looked at, for a list of expressions in each rule.
//!
//! Some hundred of the thousands of changes that there are, or as many as `PROPTEST_CASES` asks for.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use periodic::schedule::Calendar;
use periodic::task::{Dst, DstGap, DstRepeat};
use periodic::time::Timestamp as Time;

use super::any_expression::zones;
use super::calendar;
use super::other_parsers::cases;
use super::read::{Read, Reading};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// The years in which every offset is whole minutes.
const YEARS: (i64, i64) = (94_694_400, 2_145_916_800);

const EXPRESSIONS: [&str; 42] = [
    "* * * * *",
    "45 * * * *",
    "*/15 * * * *",
    "0 * * * *",
    "0 */2 * * *",
    "30 */3 * * *",
    "30 */1 * * *",
    "30 0/1 * * *",
    "15 0-23 * * *",
    "15 0-11,12-23 * * *",
    "15 1,0,2-23 * * *",
    "15 0/2,1/2 * * *",
    "45 0/2 * * *",
    "45 0-22 * * *",
    "45 1-23 * * *",
    "0 3,*/2 * * *",
    "0 0 * * *",
    "30 0 * * *",
    "59 23 * * *",
    "0 1 * * *",
    "30 1 * * *",
    "*/30 1 * * *",
    "0 2 * * *",
    "15 2 * * *",
    "30 2 * * *",
    "5,35 2 * * *",
    "* 2 * * *",
    "0 3 * * *",
    "30 3 * * *",
    "0 2,3 * * *",
    "0 0,12 * * *",
    "30 23,0 * * *",
    "10-50/20 0-3 * * *",
    "0 12 * * *",
    "30 2 * * 0",
    "30 * * * 0",
    "0 0 * * 6",
    "0 0 1 * *",
    "30 2 30 * 0",
    "30 * 30 12 *",
    "0 12 30 12 *",
    "0 0 1 1 *",
];

/// A minute, as a zone's clocks show it.
struct Moment {
    at: i64,
    shown: Reading,
    /// The clocks showed it before.
    again: bool,
    /// The readings that they left out just before it.
    left_out: Vec<Reading>,
}

/// The minutes from two hours before a change on, until nothing is shown again.
fn moments(zone: &TimeZone, change: i64) -> Vec<Moment> {
    let shown = |at: i64| zone.to_datetime(Timestamp::from_second(at).unwrap());
    let minute = SignedDuration::from_secs(MINUTE);
    let (mut last, mut highest) = (shown(change - 30 * HOUR), shown(change - 30 * HOUR));
    let mut moments = Vec::new();
    let mut at = change - 30 * HOUR + MINUTE;
    while at < change + 3 * HOUR || last < highest {
        let now = shown(at);
        let mut left_out = Vec::new();
        let mut next = last.checked_add(minute).unwrap();
        while next < now {
            left_out.push(Reading::of(next));
            next = next.checked_add(minute).unwrap();
        }
        if at >= change - 2 * HOUR {
            moments.push(Moment { at, shown: Reading::of(now), again: now <= highest, left_out });
        }
        (last, highest) = (now, highest.max(now));
        at += MINUTE;
    }
    moments
}

fn slots(expression: &Read, dst: Dst, moments: &[Moment]) -> Vec<i64> {
    let open = expression.has_open_hours();
    let is_slot = |moment: &&Moment| {
        let counts = !moment.again || open || dst.overlap == DstRepeat::Twice;
        let fills = dst.gap == DstGap::First && !open;
        counts && expression.matches(moment.shown)
            || fills && moment.left_out.iter().any(|reading| expression.matches(*reading))
    };
    moments.iter().filter(is_slot).map(|moment| moment.at).collect()
}

fn found(calendar: &Calendar, from: i64, until: i64) -> [Vec<i64>; 2] {
    let seconds = |slot: Time| slot.as_nanos() / 1_000_000_000;
    let (from, until) = (Time::from_secs(from - 1), Time::from_secs(until));
    let forward = calendar.slots_after(from).take_while(|slot| *slot < until);
    let backward = std::iter::successors(calendar.prev_before(until), |slot| calendar.prev_before(*slot));
    let mut backward: Vec<_> = backward.take_while(|slot| *slot > from).map(seconds).collect();
    backward.reverse();
    [forward.map(seconds).collect(), backward]
}

#[test]
fn every_minute_beside_a_change() {
    let zones: Vec<_> = zones().into_iter().map(|zone| (zone, TimeZone::get(zone).unwrap())).collect();
    let first = Timestamp::from_second(YEARS.0).unwrap();
    let changes = zones.iter().flat_map(|(name, zone)| {
        let changes = zone.following(first).map(|change| change.timestamp().as_second());
        changes.take_while(|change| *change < YEARS.1).map(move |change| (*name, zone, change))
    });
    let changes: Vec<_> = changes.collect();
    assert!(changes.len() > 10_000, "{}", changes.len());
    let step = (changes.len() / cases(256)).max(1);
    // Half an hour, a day left out, midnight, a summer that is interrupted, a winter that is.
    let special = [
        ("Australia/Lord_Howe", 1_775_317_500..1_791_045_000),
        ("Pacific/Apia", 1_316_872_800..1_333_202_400),
        ("Pacific/Kwajalein", 745_000_000..746_000_000),
        ("America/Sao_Paulo", 1_508_000_000..1_550_500_000),
        ("Asia/Beirut", 1_616_000_000..1_636_000_000),
        ("America/Santiago", 1_743_000_000..1_758_000_000),
        ("Africa/Cairo", 1_272_000_000..1_286_000_000),
        ("Africa/Casablanca", 1_739_000_000..1_744_000_000),
        ("Asia/Gaza", 1_680_000_000..1_700_000_000),
        ("Europe/Dublin", 1_772_000_000..1_794_000_000),
        ("Antarctica/Troll", 1_772_000_000..1_794_000_000),
    ];
    let is_special =
        |name: &str, change: i64| special.iter().any(|(zone, when)| *zone == name && when.contains(&change));
    let mut compared = 0;
    let mut met = std::collections::BTreeSet::new();
    for (index, (name, zone, change)) in changes.into_iter().enumerate() {
        if is_special(name, change) {
            met.insert(name);
        } else if index % step != 0 {
            continue;
        }
        let moments = moments(zone, change);
        let (from, until) = (moments[0].at, moments.last().unwrap().at + MINUTE);
        for text in EXPRESSIONS {
            let expression = Read::new(text);
            for (gap, overlap) in [(DstGap::First, DstRepeat::Once), (DstGap::Skip, DstRepeat::Twice)] {
                let dst = Dst { gap, overlap };
                let calendar = calendar(text, name, dst);
                let expected = slots(&expression, dst, &moments);
                let told = || format!("{text} {name} {dst:?} beside {change}");
                let [forward, backward] = found(&calendar, from, until);
                assert_eq!(forward, expected, "{}", told());
                assert_eq!(backward, expected, "{}, backward", told());
                let count = calendar.count_between(Time::from_secs(from), Time::from_secs(until));
                assert_eq!(count, expected.len() as u64, "{}, counted", told());
                compared += expected.len();
            }
        }
    }
    assert_eq!(met.len(), special.len(), "{met:?}");
    assert!(compared > 50_000, "{compared}");
}
