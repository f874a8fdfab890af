//! The notes on a calendar when a service starts.

use super::Calendar;
use super::reading::reading;
use crate::schedule::NoteKind;
use crate::spec::DstGap;
use crate::time::Timestamp;

const YEAR: i64 = 366 * 86_400;

impl Calendar {
    /// Returns the first note, seen from `now`.
    pub(crate) fn note(&self, now: Timestamp) -> Option<(NoteKind, String)> {
        if self.next_after(now).is_none() {
            let text = format!("{}: no slot is left, so it never runs by itself", self.cron);
            return Some((NoteKind::NoSlots, text));
        }
        // A gap takes nothing from open hours.
        if self.pattern.has_open_hours() {
            return None;
        }
        let (left_out, end) = self.next_in_gap(now.as_nanos().div_euclid(super::SECOND))?;
        let shown = reading(left_out);
        let rule = match self.cron.rules().gap {
            DstGap::First => format!("it runs at the end of the gap, {}", Timestamp::from_secs(end)),
            DstGap::Skip => "by `gap = skip` it does not run then".to_owned(),
        };
        let text = format!(
            "{}: the clocks are set forward over {:04}-{:02}-{:02} {:02}:{:02}:{:02}; {rule}",
            self.cron, shown.year, shown.month, shown.day, shown.hour, shown.minute, shown.second,
        );
        Some((NoteKind::InGap, text))
    }

    /// Returns the first reading within a year that is left out, and the second at which its gap ends.
    fn next_in_gap(&self, from: i64) -> Option<(i64, i64)> {
        let mut at = from;
        loop {
            at = self.zone.segment(at).end;
            if at - from > YEAR {
                return None;
            }
            let left_out = self.left_out(&self.zone.segment(at));
            if let Some(left_out) = left_out {
                return Some((left_out, at));
            }
        }
    }
}
