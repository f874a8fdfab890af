//! Stand-ins for zones and calendars in a build without the feature `cron`: types without values. All other code is
//! written once, and the compiler drops the parts that would use them.

use super::NoteKind;
use crate::spec::ScheduleSpec;
use crate::time::Timestamp;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Zone {}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum UnknownZone {}

impl Zone {
    #[expect(clippy::unnecessary_wraps, reason = "as with the feature, where a zone may be unknown")]
    pub(crate) fn of(_: &ScheduleSpec) -> Result<Option<Self>, Box<UnknownZone>> {
        Ok(None)
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Calendar {}

impl Calendar {
    pub(crate) fn of(_: &ScheduleSpec, _: Option<&Zone>, _: u64) -> Option<Self> {
        None
    }

    pub(crate) fn next_after(&self, _: Timestamp) -> Option<Timestamp> {
        match *self {}
    }

    pub(crate) fn prev_before(&self, _: Timestamp) -> Option<Timestamp> {
        match *self {}
    }

    pub(crate) fn note(&self, _: Timestamp) -> Option<(NoteKind, String)> {
        match *self {}
    }

    pub(crate) fn count_between(&self, _: Timestamp, _: Timestamp) -> u64 {
        match *self {}
    }
}
