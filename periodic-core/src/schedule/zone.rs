use core::fmt;

use jiff::tz::{TimeZone, TimeZoneDatabase};
use periodic_cron::zones;

use crate::task::ScheduleSpec;

/// A zone of the IANA database: the machine's own copy, or else the one that is compiled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Zone(TimeZone);

impl Zone {
    /// The zone of this name, read once and kept.
    pub(crate) fn find(name: &str) -> Result<Self, UnknownZone> {
        // Distributions leave old names out of their copies, and some containers have none at all.
        let found = jiff::tz::db().get(name).or_else(|_| TimeZoneDatabase::bundled().get(name)).ok();
        // A name that differs in its capitals is refused here because the macros refuse it too.
        match found.filter(|zone| zone.iana_name() == Some(name)) {
            Some(zone) => Ok(Self(zone)),
            None => Err(UnknownZone { name: name.to_owned(), near: near(name) }),
        }
    }

    /// The zone of a schedule, if it has one that is known.
    pub(crate) fn of(schedule: &ScheduleSpec) -> Option<Self> {
        match schedule {
            ScheduleSpec::Cron(cron) => Self::find(cron.zone()).ok(),
            ScheduleSpec::Every { .. } => None,
        }
    }

    /// The stretch of time around the second `at` in which the zone's clocks were not set.
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
    /// Its first second; the least there is where the clocks were never set before.
    pub(crate) start: i64,
    /// The second after its last one.
    pub(crate) end: i64,
    /// How far the clocks are ahead of UTC.
    pub(crate) offset: i64,
    /// How far they were ahead just before.
    pub(crate) before: i64,
}

/// No zone is called that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownZone {
    name: String,
    near: Option<&'static str>,
}

impl UnknownZone {
    /// The name that was not found.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name that may have been meant.
    pub fn near(&self) -> Option<&'static str> {
        self.near
    }
}

impl fmt::Display for UnknownZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the IANA database has no zone `{}`; ", periodic_text::quoted(&self.name))?;
        match self.near {
            Some(near) => write!(f, "did you mean `{near}`?"),
            None => f.write_str("write a region and a city, as in `Europe/Berlin`, or `UTC`"),
        }
    }
}

impl core::error::Error for UnknownZone {}

fn city(zone: &str) -> &str {
    zone.rsplit('/').next().unwrap_or(zone)
}

fn near(name: &str) -> Option<&'static str> {
    let all = || zones::all().iter();
    let same = all().find(|zone| zone.eq_ignore_ascii_case(name));
    same.or_else(|| periodic_text::nearest(name, all(), |zone| [*zone, city(zone)])).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

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
