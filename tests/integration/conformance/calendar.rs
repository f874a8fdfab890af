use core::fmt;

use periodic::schedule::Calendar;
use periodic::task::{Cron, Dst, DstGap, DstRepeat, Expression};
use periodic::time::Timestamp;
use serde::{Deserialize, Deserializer};

use super::counts::Counts;
use super::service::declared;

/// The slots of an expression, beside a change of its zone's clocks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    name: String,
    expr: String,
    tz: String,
    start: Instant,
    direction: Direction,
    gap: GapRule,
    overlap: OverlapRule,
    /// `None` where the expression is refused. It must be stated, or a slip in its name would be a refusal.
    #[serde(deserialize_with = "stated")]
    expected: Option<Vec<Instant>>,
    #[expect(dead_code, reason = "it tells a reader where the row comes from")]
    source: String,
    #[expect(dead_code, reason = "it tells a reader what went wrong there")]
    note: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Direction {
    Next,
    Prev,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum GapRule {
    First,
    Skip,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum OverlapRule {
    Once,
    Twice,
}

/// A time as it is written in UTC.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
struct Instant(Timestamp);

impl TryFrom<String> for Instant {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let time: jiff::Timestamp = text.parse().map_err(|error| format!("{text}: {error}"))?;
        let nanos = i64::try_from(time.as_nanosecond()).map_err(|error| format!("{text}: {error}"))?;
        Ok(Self(Timestamp::from_nanos(nanos)))
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

fn stated<'de, D: Deserializer<'de>>(field: D) -> Result<Option<Vec<Instant>>, D::Error> {
    Option::deserialize(field)
}

impl Row {
    /// The calendar, or why the expression or its zone is refused.
    fn calendar(&self) -> Result<Calendar, String> {
        let expression: Expression = self.expr.parse().map_err(|error| format!("{error}"))?;
        let dst = Dst {
            gap: match self.gap {
                GapRule::First => DstGap::First,
                GapRule::Skip => DstGap::Skip,
            },
            overlap: match self.overlap {
                OverlapRule::Once => DstRepeat::Once,
                OverlapRule::Twice => DstRepeat::Twice,
            },
        };
        let cron = Cron::of(expression).tz(declared(&self.tz)).dst(dst);
        Calendar::new(&cron, 0).map_err(|error| error.to_string())
    }

    /// The first slots in the row's direction.
    fn slots(&self, calendar: &Calendar, count: usize) -> Vec<Instant> {
        let step = |slot: Instant| {
            let slot = match self.direction {
                Direction::Next => calendar.next_after(slot.0),
                Direction::Prev => calendar.prev_before(slot.0),
            };
            slot.map(Instant)
        };
        std::iter::successors(step(self.start), |slot| step(*slot)).take(count).collect()
    }

    fn replay(&self) -> Result<(), String> {
        let calendar = self.calendar();
        let Some(expected) = &self.expected else {
            return calendar.map_or(Ok(()), |calendar| Err(format!("{calendar:?} is not refused")));
        };
        if expected.is_empty() {
            return Err("no slot to compare; `null` stands for a refusal".into());
        }
        let slots = self.slots(&calendar?, expected.len());
        if slots == *expected { Ok(()) } else { Err(format!("the slots here are {slots:?}")) }
    }
}

pub(super) fn replay(rows: &[Row]) -> Result<Counts, String> {
    for row in rows {
        row.replay().map_err(|here| format!("{}: {here}, in {row:?}", row.name))?;
    }
    Ok(Counts { calendars: rows.len(), ..Counts::default() })
}
