//! The ends of runs, played by the fast path and by the rules, with the feature `checked`.

use super::Finished;
use super::quiet_end::Leaves;
use crate::schedule::NEVER;
use crate::scheduler::effects::Effects;
use crate::scheduler::ledger::SlotRecord;
use crate::scheduler::limit::Limits;
use crate::scheduler::row::{Cold, Decided, Pace, Row};
use crate::scheduler::visit::Visit;
use crate::task::{Ended, Next};

/// A row, and the records of a visit to it.
pub(super) struct Expected {
    row: Row,
    records: Vec<SlotRecord>,
}

impl Row {
    /// Returns the effects that the rules have for a run that ends well.
    pub(super) fn expected_end(&self, visit: &Visit<'_>, run: &impl Leaves) -> Expected {
        let mut row = self.clone();
        let run = run.note(&mut row);
        let (limits, effects) = (&mut Limits::uncounted(), &mut Effects::unread());
        let mut serial = *visit.serial;
        let mut copied = Visit { now: visit.now, serial: &mut serial, limits, effects };
        let finished = row.finish_by_the_rules(&mut copied, run, Ended::Ok(Next::OnSchedule));
        assert_eq!(finished, Finished::Decided, "{self:?}");
        assert_eq!((serial, effects.ready.len()), (*visit.serial, 0), "{self:?}: another run starts");
        assert!(
            effects.replaced.is_empty() && effects.to_cancel.is_empty(),
            "{self:?}: a run is asked to end"
        );
        let records = effects.records.iter(0, |_| Some(&self.task)).collect();
        Expected { row, records }
    }
}

impl Expected {
    /// Asserts that the fast path had the same effects: the last record is of this end.
    pub(super) fn compare(&self, row: &Row, visit: &Visit<'_>, wake: Option<i64>) {
        let last = visit.effects.records.len() - 1;
        let records: Vec<_> = visit.effects.records.iter(last, |_| Some(&row.task)).collect();
        assert_eq!(records, self.records, "{row:?}");
        assert_eq!(comparable(row), comparable(&self.row));
        let next = self.row.next_wake();
        assert!(wake.is_none_or(|wake| (wake, NEVER) == (next.boot, next.wall)), "{row:?}");
    }
}

/// Returns the state of a row, without the differences that no call can observe.
fn comparable(row: &Row) -> String {
    let mut row = row.clone();
    // Calculated at the end of the visit.
    row.pace = Pace::Other;
    row.decided = row.last_slot().map_or(Decided::Never, Decided::At);
    if let Some(cold) = &mut row.cold {
        // A pass runs one at a time, so no older run may end later.
        cold.newest_ok = 0;
    }
    let is_empty = |cold: &Cold| format!("{cold:?}") == format!("{:?}", Cold::default());
    row.cold.take_if(|cold| is_empty(cold));
    format!("{row:#?}")
}
