//! The same slots, found by a look at every half minute of UTC: the zone gives the reading of its clocks.

use jiff::Timestamp;
use jiff::tz::{AmbiguousOffset, TimeZone};
use periodic::task::{Dst, DstGap, DstRepeat};
use periodic::time::Timestamp as Time;

use super::any_expression::{Draw, Expression, any_second, zones};
use super::calendar;

/// Zones whose offset has a half minute exist since 1970, finer ones do not.
const STEP: i64 = 30;

fn slots(expression: &Expression, zone: &TimeZone, dst: Dst, from: i64, until: i64) -> Vec<i64> {
    let is_slot = |at: &i64| {
        let now = Timestamp::from_second(*at).unwrap();
        let (offset, before) = (zone.to_offset(now), zone.to_offset(Timestamp::from_second(at - 1).unwrap()));
        let shown = offset.to_datetime(now);
        let mut left_out = before.to_datetime(now);
        let fills_gaps = dst.gap == DstGap::First && !expression.has_open_hours();
        while fills_gaps && left_out < shown {
            if expression.matches(left_out) {
                return true;
            }
            left_out = left_out.checked_add(jiff::SignedDuration::from_secs(STEP)).unwrap();
        }
        let again = match zone.to_ambiguous_timestamp(shown).offset() {
            AmbiguousOffset::Fold { after, .. } => offset == after,
            _ => false,
        };
        let counts = !again || expression.has_open_hours() || dst.overlap == DstRepeat::Twice;
        counts && expression.matches(shown)
    };
    (from..until).step_by(usize::try_from(STEP).unwrap()).filter(is_slot).collect()
}

#[test]
fn every_zone_agrees_beside_a_change_of_its_clocks() {
    let draw = &mut Draw(1);
    let mut found = 0;
    for zone in zones() {
        let rules = TimeZone::get(zone).unwrap();
        let expression = Expression::any(draw);
        let dst = Dst {
            gap: *draw.of(&[DstGap::First, DstGap::Skip]),
            overlap: *draw.of(&[DstRepeat::Once, DstRepeat::Twice]),
        };
        let from = any_second(draw, &rules).div_euclid(STEP) * STEP;
        let until = from + 12 * 3_600;
        let expected = slots(&expression, &rules, dst, from, until);
        let calendar = calendar(expression.text, zone, dst);
        let (from, until) = (Time::from_secs(from), Time::from_secs(until));
        let told = format!("{} {zone} {dst:?} from {from}", expression.text);
        let after = Time::from_nanos(from.as_nanos() - 1);
        let forward: Vec<_> =
            calendar.slots_after(after).take_while(|slot| *slot < until).map(seconds).collect();
        assert_eq!(forward, expected, "{told}");
        let backward = std::iter::successors(calendar.prev_before(until), |slot| calendar.prev_before(*slot));
        let mut backward: Vec<_> = backward.take_while(|slot| *slot >= from).map(seconds).collect();
        backward.reverse();
        assert_eq!(backward, expected, "{told}, backward");
        assert_eq!(calendar.count_between(from, until), expected.len() as u64, "{told}, counted");
        found += expected.len();
    }
    assert!(found > 5_000, "only {found} slots were compared");
}

fn seconds(time: Time) -> i64 {
    time.as_nanos() / 1_000_000_000
}
