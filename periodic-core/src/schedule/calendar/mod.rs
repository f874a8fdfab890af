//! The slots of a cron expression: instants, some of which stand for readings that a zone's clocks never show.

mod dst;
mod note;
mod reading;
mod search;

use core::fmt;

use periodic_cron::Pattern;

use super::zone::{UnknownZone, Zone};
use crate::spec::{Cron, DstGap, DstRepeat, ScheduleSpec};
use crate::time::Timestamp;

const SECOND: i64 = 1_000_000_000;

/// The slots of a cron expression in its zone: a set of instants that can be searched in both directions.
///
/// When a zone's clocks are set forward, fixed hours in the gap have one slot at its end, or none. When they are set
/// back, fixed hours have slots the first time only, unless both are declared. Open hours go through both hours, and
/// have no slot for a gap. See [`Dst`](crate::task::Dst).
///
/// The time of each search does not depend on the distance of the slot, for the zones of the database.
///
/// # Examples
/// ```
/// use periodic_core::schedule::Calendar;
/// use periodic_core::task::Cron;
/// use periodic_core::time::Timestamp;
///
/// let nightly = Cron::parse("30 2 * * *")?.tz("Europe/Berlin");
/// let calendar = Calendar::new(&nightly, 0)?;
/// let newyear = Timestamp::from_secs(1_767_222_000);
/// assert_eq!(newyear.to_string(), "2025-12-31T23:00:00Z");
///
/// let next = calendar.next_after(newyear).unwrap();
/// assert_eq!(next.to_string(), "2026-01-01T01:30:00Z");
/// assert_eq!(calendar.prev_before(next).unwrap().to_string(), "2025-12-31T01:30:00Z");
///
/// // On 29 March the clocks go from 02:00 to 03:00.
/// let spring: Vec<_> = calendar.slots_after(newyear).skip(86).take(3).map(|slot| slot.to_string()).collect();
/// assert_eq!(spring, ["2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Calendar {
    cron: Cron,
    pattern: Pattern,
    zone: Zone,
    /// Whether readings in a gap have a slot at its end.
    fills_gaps: bool,
    /// Whether readings that are shown again have slots again.
    repeats: bool,
}

impl Calendar {
    /// Creates the slots of a schedule. `seed` decides the value of each `H`; without `H` it has no effect.
    ///
    /// [`Task::calendar`](crate::task::Task::calendar) returns the slots of a task in a service.
    ///
    /// # Errors
    /// When the schedule's zone is unknown.
    pub fn new(cron: &Cron, seed: u64) -> Result<Self, UnknownZone> {
        Ok(Self::within(cron, Zone::find(cron.zone())?, seed))
    }

    /// Returns the slots of a schedule whose zone was found; `None` if it has no calendar.
    pub(crate) fn of(schedule: &ScheduleSpec, zone: Option<&Zone>, seed: u64) -> Option<Self> {
        match schedule {
            ScheduleSpec::Cron(cron) => Some(Self::within(cron, zone?.clone(), seed)),
            ScheduleSpec::Every { .. } => None,
        }
    }

    fn within(cron: &Cron, zone: Zone, seed: u64) -> Self {
        let expression = cron.expression().read();
        let (pattern, rules) = (expression.resolve(seed), cron.rules());
        // Open hours are no times of day but continue with time, so a change of the clocks takes nothing from them.
        let open = pattern.has_open_hours();
        Self {
            cron: *cron,
            pattern,
            zone,
            fills_gaps: rules.gap == DstGap::First && !open,
            repeats: rules.overlap == DstRepeat::Twice || open,
        }
    }

    /// Returns the first slot after `time`, or `None` if there is none before the year 2262.
    pub fn next_after(&self, time: Timestamp) -> Option<Timestamp> {
        let second = time.as_nanos().div_euclid(SECOND) + 1;
        self.first_from(second, i64::MAX / SECOND).map(Timestamp::from_secs)
    }

    /// Returns the last slot before `time`, or `None` if there is none since the year 1678.
    pub fn prev_before(&self, time: Timestamp) -> Option<Timestamp> {
        let second = ceiling(time) - 1;
        self.last_until(second, i64::MIN / SECOND).map(Timestamp::from_secs)
    }

    /// Returns the number of slots at or after `from` and before `until`; 0 if `until` is not after `from`.
    ///
    /// The cost grows with the months between the two, not with the slots.
    pub fn count_between(&self, from: Timestamp, until: Timestamp) -> u64 {
        self.count(ceiling(from), ceiling(until))
    }

    /// Returns the slots after `time`, from the earliest on.
    pub fn slots_after(&self, time: Timestamp) -> impl Iterator<Item = Timestamp> + '_ {
        core::iter::successors(self.next_after(time), |slot| self.next_after(*slot))
    }
}

impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Calendar({})", self.cron)
    }
}

/// Returns the first whole second at or after `time`.
fn ceiling(time: Timestamp) -> i64 {
    -(time.as_nanos().saturating_neg().div_euclid(SECOND))
}
