//! Properties of every expression, zone, rule and time.

use periodic::task::{Dst, DstGap, DstRepeat};
use periodic::time::Timestamp;

use super::any_expression::{Draw, Expression, any_second, zones};
use super::{calendar, time};

#[test]
fn both_directions_and_the_count_are_of_one_set() {
    let (draw, zones) = (&mut Draw(2), zones());
    for _ in 0..2_000 {
        let zone = *draw.of(&zones);
        let expression = Expression::any(draw);
        let dst = Dst {
            gap: *draw.of(&[DstGap::First, DstGap::Skip]),
            overlap: *draw.of(&[DstRepeat::Once, DstRepeat::Twice]),
        };
        let calendar = calendar(expression.text, zone, dst);
        let start = any_second(draw, &jiff::tz::TimeZone::get(zone).unwrap()) * 1_000_000_000;
        let start = Timestamp::from_nanos(start + draw.number(0, 999_999_999));
        let told = format!("{} {zone} {dst:?} from {start}", expression.text);
        let slots: Vec<_> = calendar.slots_after(start).take(6).collect();
        assert_eq!(slots.len(), 6, "{told}");
        let mut last = start;
        for (index, slot) in (0..).zip(&slots) {
            assert!(*slot > last, "{told}: {slots:?}");
            let just_before = Timestamp::from_nanos(slot.as_nanos() - 1);
            let just_after = Timestamp::from_nanos(slot.as_nanos() + 1);
            assert_eq!(calendar.next_after(just_before), Some(*slot), "{told}");
            assert_eq!(calendar.prev_before(just_after), Some(*slot), "{told}");
            assert_eq!(calendar.next_after(last), Some(*slot), "{told}");
            assert_eq!(calendar.count_between(slots[0], *slot), index, "{told}: {slot}");
            if index > 0 {
                assert_eq!(calendar.prev_before(*slot), Some(last), "{told}");
            }
            last = *slot;
        }
    }
}

#[test]
fn every_second_of_a_century_is_counted_at_once() {
    let calendar = calendar("* * * * * *", "Europe/Berlin", Dst::new());
    let (from, until) = (time("2000-01-01T00:00:00Z"), time("2100-01-01T00:00:00Z"));
    assert_eq!(calendar.count_between(from, until), 3_155_760_000);
}

#[test]
fn a_file_of_the_database_that_is_no_zone_is_refused() {
    assert!(zones().len() > 500);
    for name in ["localtime", "posixrules", "posix/Europe/Berlin", "right/Europe/Berlin", "Etc/Unknown"] {
        let cron = periodic::task::Cron::parse("@daily").unwrap().tz(name);
        assert!(periodic::schedule::Calendar::new(&cron, 0).is_err(), "{name}");
    }
}
