use core::fmt;

use jiff::tz::{TimeZone, TimeZoneDatabase};
use periodic_cron::zones::{self, ZoneProblem};

use crate::spec::ScheduleSpec;

/// A zone of the IANA database: from the machine's own copy, or else from the one that is compiled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Zone(TimeZone);

impl Zone {
    /// Returns the zone of this name, which is read once and kept.
    pub(crate) fn find(name: &str) -> Result<Self, UnknownZone> {
        // Only the names that the attribute takes are valid; a database may have others, such as `localtime` and
        // `posixrules`.
        if let Some(problem) = zones::problem(name) {
            return Err(UnknownZone(Why::Problem(problem)));
        }
        // Distributions leave old names out of their copies, and some containers have no copy.
        match jiff::tz::db().get(name).or_else(|_| TimeZoneDatabase::bundled().get(name)) {
            Ok(zone) => Ok(Self(zone)),
            Err(_) => Err(UnknownZone(Why::Missing(name.to_owned()))),
        }
    }

    /// Returns the zone of a schedule, if it has one.
    pub(crate) fn of(schedule: &ScheduleSpec) -> Result<Option<Self>, Box<UnknownZone>> {
        match schedule {
            ScheduleSpec::Cron(cron) => Self::find(cron.zone()).map(Some).map_err(Box::new),
            ScheduleSpec::Every { .. } => Ok(None),
        }
    }

    /// Returns the stretch of time around the second `at` without a change of the zone's clocks.
    pub(crate) fn segment(&self, at: i64) -> Segment {
        let at = clamped(at);
        let just_after = clamped(at.as_second().saturating_add(1));
        let start = self.0.preceding(just_after).next();
        let end = self.0.following(at).next();
        let before = start.as_ref().map(|start| {
            let just_before = clamped(start.timestamp().as_second().saturating_sub(1));
            i64::from(self.0.to_offset(just_before).seconds())
        });
        let offset = i64::from(self.0.to_offset(at).seconds());
        Segment {
            start: start.map_or(i64::MIN, |start| start.timestamp().as_second()),
            end: end.map_or(i64::MAX, |end| end.timestamp().as_second()),
            offset,
            before: before.unwrap_or(offset),
        }
    }
}

fn clamped(second: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_second(second).unwrap_or(if second < 0 {
        jiff::Timestamp::MIN
    } else {
        jiff::Timestamp::MAX
    })
}

/// A stretch of time between two changes of a zone's clocks, in seconds since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    /// Its first second; the least number if the clocks were never set before.
    pub(crate) start: i64,
    /// The second after its last one.
    pub(crate) end: i64,
    /// The seconds by which the clocks are ahead of UTC.
    pub(crate) offset: i64,
    /// The seconds by which they were ahead just before.
    pub(crate) before: i64,
}

/// An error: no zone has this name.
///
/// The attribute reports the same for the same name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownZone(Why);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Why {
    Problem(ZoneProblem),
    /// The name is valid, but no database here has its rules.
    Missing(String),
}

impl UnknownZone {
    /// Returns the name that was not found.
    pub fn name(&self) -> &str {
        match &self.0 {
            Why::Problem(problem) => problem.name(),
            Why::Missing(name) => name,
        }
    }

    /// Returns the name that may have been meant. Each call searches for it.
    pub fn near(&self) -> Option<&'static str> {
        match &self.0 {
            Why::Problem(problem) => problem.near(),
            Why::Missing(_) => None,
        }
    }
}

impl fmt::Display for UnknownZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Why::Problem(problem) => problem.fmt(f),
            Why::Missing(name) => {
                write!(f, "the time zone databases here have no `{name}`; update the system's (`tzdata`)")
            }
        }
    }
}

impl core::error::Error for UnknownZone {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_zone_leads_to_one_that_may_have_been_meant() {
        let unknown = Zone::find("Europe/Berln").unwrap_err();
        assert_eq!((unknown.name(), unknown.near()), ("Europe/Berln", Some("Europe/Berlin")));
        assert_eq!(Zone::find("Xyzzy/Plugh").unwrap_err().near(), None);
    }

    #[test]
    fn the_names_known_to_the_compiler_are_those_of_the_copy_compiled_in() {
        let mut names: Vec<_> =
            TimeZoneDatabase::bundled().available().map(|name| name.to_string()).collect();
        names.sort_unstable();
        assert_eq!(names, zones::all());
        for name in zones::all() {
            assert!(Zone::find(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn a_segment_ends_where_the_clocks_are_set() {
        let berlin = Zone::find("Europe/Berlin").unwrap();
        let (spring, autumn) = (1_774_746_000, 1_792_890_000);
        let summer = Segment { start: spring, end: autumn, offset: 7_200, before: 3_600 };
        for at in [spring, spring + 1, autumn - 1] {
            assert_eq!(berlin.segment(at), summer);
        }
        let winter = berlin.segment(autumn);
        assert_eq!((winter.start, winter.offset, winter.before), (autumn, 3_600, 7_200));
        assert_eq!(berlin.segment(spring - 1).end, spring);
        let forever = Segment { start: i64::MIN, end: i64::MAX, offset: 0, before: 0 };
        assert_eq!(Zone::find("UTC").unwrap().segment(0), forever);
        assert_eq!(berlin.segment(i64::MIN).start, i64::MIN);
    }
}
