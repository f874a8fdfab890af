//! The slots of two other crates for the same expressions: where they differ from ours, `DESIGN.md` says why, and the
//! rules here say that nothing else differs.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use periodic::task::{Dst, DstGap, DstRepeat};
use periodic::time::Timestamp as Time;

use super::any_expression::{Draw, Expression, any_second, zones};
use super::calendar;

const SLOTS: usize = 4;

/// At least this number of cases, or more where `PROPTEST_CASES` asks for them.
pub(super) fn cases(least: usize) -> usize {
    let asked = proptest::test_runner::Config::default().cases;
    least.max(usize::try_from(asked).unwrap())
}

/// Why one side has a slot that the other has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    /// It stands for readings that the clocks left out.
    InGap,
    /// It is a reading that the clocks show for the second time.
    ShownAgain,
}

struct Case {
    expression: Expression,
    name: &'static str,
    zone: TimeZone,
    start: Timestamp,
}

/// How many slots both sides have, and how many only one.
#[derive(Debug, Default)]
struct Compared {
    same: usize,
    differ: usize,
}

impl std::ops::AddAssign for Compared {
    fn add_assign(&mut self, other: Self) {
        self.same += other.same;
        self.differ += other.differ;
    }
}

impl Case {
    fn any(draw: &mut Draw, zones: &[&'static str]) -> Self {
        let name = *draw.of(zones);
        let zone = TimeZone::get(name).unwrap();
        let start = Timestamp::from_second(any_second(draw, &zone)).unwrap();
        Self { expression: Expression::any(draw), name, zone, start }
    }

    fn ours(&self, dst: Dst) -> Vec<i64> {
        let calendar = calendar(self.expression.text, self.name, dst);
        let start = Time::from_secs(self.start.as_second());
        calendar.slots_after(start).take(SLOTS).map(|slot| slot.as_nanos() / 1_000_000_000).collect()
    }

    fn shown(&self, slot: i64) -> DateTime {
        self.zone.to_datetime(Timestamp::from_second(slot).unwrap())
    }

    /// The reason why a slot is judged apart, if any.
    fn reason(&self, slot: i64) -> Option<Reason> {
        let offset = |second| self.zone.to_offset(Timestamp::from_second(second).unwrap());
        let shown = self.shown(slot);
        if !self.expression.matches(shown) {
            return (offset(slot) > offset(slot - 1)).then_some(Reason::InGap);
        }
        let first = self.zone.to_ambiguous_timestamp(shown).earlier().ok()?;
        (first.as_second() < slot).then_some(Reason::ShownAgain)
    }

    /// Whether clocks are set back soon, and not from one full hour to another: there `cronexpr` never ends, because it
    /// goes on by an hour and back to the full one.
    fn is_set_back_within_an_hour(&self) -> bool {
        let offset =
            |second| i64::from(self.zone.to_offset(Timestamp::from_second(second).unwrap()).seconds());
        let changes = self.zone.following(self.start).map(|change| change.timestamp().as_second());
        let soon = changes.take_while(|change| change - self.start.as_second() < 5 * 366 * 86_400);
        soon.into_iter().any(|change| {
            let (before, after) = (offset(change - 1), offset(change));
            after < before && [before, after].iter().any(|offset| (change + offset) % 3_600 != 0)
        })
    }

    /// Compares up to where both sides were asked, and gives each difference to `explained`.
    fn compare(&self, theirs: &[i64], explained: impl Fn(bool, i64, Option<Reason>) -> bool) -> Compared {
        let ours = self.ours(Dst::new());
        let mut compared = Compared::default();
        let (Some(end), Some(our_end)) = (theirs.last(), ours.last()) else { return compared };
        let end = *end.min(our_end);
        for (mine, these, others) in [(true, &ours[..], theirs), (false, theirs, &ours[..])] {
            for slot in these.iter().filter(|slot| **slot <= end && !others.contains(slot)) {
                let reason = self.reason(*slot);
                compared.differ += 1;
                assert!(
                    explained(mine, *slot, reason),
                    "{} {} from {}: ours {ours:?}, theirs {theirs:?}, {reason:?}",
                    self.expression.text,
                    self.name,
                    self.start,
                );
            }
        }
        compared.same = ours.iter().filter(|slot| **slot <= end && theirs.contains(slot)).count();
        compared
    }
}

#[test]
fn croner_differs_by_two_rules() {
    let (draw, zones) = (&mut Draw(3), zones());
    let mut all = Compared::default();
    let cases = cases(5_000);
    for _ in 0..cases {
        let case = Case::any(draw, &zones);
        let Ok(croner) = case.expression.text.parse::<croner::Cron>() else {
            panic!("croner does not read {}", case.expression.text);
        };
        let start = case.start.to_zoned(case.zone.clone());
        let theirs: Vec<_> =
            croner.iter_after(start).take(SLOTS).map(|slot| slot.timestamp().as_second()).collect();
        let Case { expression, .. } = &case;
        all += case.compare(&theirs, |ours, slot, reason| match reason {
            // It carries a single time over the gap, but not into another day.
            Some(Reason::InGap) => {
                let carried = expression.has_one_time() && expression.has_day(case.shown(slot));
                ours && !expression.has_open_hours() && !carried
            }
            // All but a single time counts as a wish for both.
            Some(Reason::ShownAgain) => !ours && !expression.has_one_time() && !expression.has_open_hours(),
            None => false,
        });
    }
    assert!(all.same > 3 * cases && all.differ > cases / 500, "{all:?}");
}

#[test]
fn cronexpr_differs_by_two_rules() {
    let (draw, zones) = (&mut Draw(4), zones());
    let mut all = Compared::default();
    let cases = cases(5_000);
    for _ in 0..cases {
        let case = Case::any(draw, &zones);
        if case.is_set_back_within_an_hour() {
            continue;
        }
        let Ok(crontab) = cronexpr::parse_crontab(&format!("{} {}", case.expression.text, case.name)) else {
            panic!("cronexpr does not read {} {}", case.expression.text, case.name);
        };
        // It gives up four years ahead.
        let theirs: Vec<_> = crontab
            .iter_after(case.start)
            .unwrap()
            .take(SLOTS)
            .map_while(Result::ok)
            .map(|slot| slot.timestamp().as_second())
            .collect();
        let by_their_rules = case.ours(Dst::new().gap(DstGap::Skip).overlap(DstRepeat::Twice));
        assert_eq!(theirs[..], by_their_rules[..theirs.len()], "{} {}", case.expression.text, case.name);
        all += case.compare(&theirs, |ours, _, reason| match reason {
            Some(Reason::InGap) => ours && !case.expression.has_open_hours(),
            Some(Reason::ShownAgain) => !ours && !case.expression.has_open_hours(),
            None => false,
        });
    }
    assert!(all.same > 3 * cases && all.differ > cases / 500, "{all:?}");
}
