//! What became of each slot, a line for each: what is compared between the scheduler and the model.

use periodic::scheduler::SlotRecord;
use periodic::task::{Outcome, ScheduleSpec, Slot, SlotKind};
use periodic::time::{Instant, Timestamp};

use super::declared::Grid;
use super::moment::tick;
use super::task::{Entry, Task};

/// A model task's lines.
pub(super) fn of_task(task: &Task) -> Vec<String> {
    let aligned = task.declared.grid == Grid::Aligned;
    let line = |entry: &Entry| {
        let Entry { slot, outcome, started, attempts } = entry;
        let attempts = attempts.iter().map(|one| (one.start, one.end, &one.outcome));
        line(&task.name, aligned, *slot, outcome, *started) + &tries(attempts)
    };
    task.ledger.iter().map(line).collect()
}

/// A record's lines: one for each of its slots.
pub(super) fn of_record(record: &SlotRecord) -> Vec<String> {
    let (_, align) = schedule(record);
    let started = record.started.map(|started| tick(started.as_nanos()));
    let attempts = record.attempts.iter();
    let attempts =
        attempts.map(|one| (tick(one.started.as_nanos()), tick(one.ended.as_nanos()), &one.outcome));
    let tries = tries(attempts);
    let line = |slot: &Slot| line(record.name().task(), align, *slot, &record.outcome, started) + &tries;
    slots(record).iter().map(line).collect()
}

fn schedule(record: &SlotRecord) -> (i64, bool) {
    let ScheduleSpec::Every { interval, align, .. } = record.task.spec().schedule else {
        unreachable!("the scripts know no other schedule")
    };
    (interval.spacing().unwrap().as_nanos(), align)
}

/// A record's slots, newest first, found by stepping back from the newest.
pub(super) fn slots(record: &SlotRecord) -> Vec<Slot> {
    let (spacing, _) = schedule(record);
    let mut slots = vec![record.last];
    for _ in 1..record.count {
        let mut slot = slots[slots.len() - 1];
        slot.at = Instant::from_nanos(slot.at.as_nanos() - spacing);
        slot.scheduled = Timestamp::from_nanos(slot.scheduled.as_nanos() - spacing);
        slots.push(slot);
    }
    let oldest = slots.last_mut().unwrap();
    // The oldest may lie beside the grid.
    if record.first.kind == SlotKind::Extra {
        *oldest = record.first;
    }
    assert_eq!(*oldest, record.first, "{} slots lie from the first to the last: {record:?}", record.count);
    slots
}

fn line(name: &str, aligned: bool, slot: Slot, outcome: &Outcome, started: Option<i64>) -> String {
    let slot = written(aligned, slot);
    let outcome = match outcome {
        Outcome::Coalesced(into) => format!("coalesced into {}", written(aligned, *into)),
        Outcome::Skipped(reason) => format!("skipped: {}", reason.label()),
        other => other.label().into(),
    };
    match started {
        Some(started) => format!("{name} {slot} started {started} {outcome}"),
        None => format!("{name} {slot} {outcome}"),
    }
}

/// The attempts at a slot, where it was to be tried again.
fn tries<'a>(attempts: impl Iterator<Item = (i64, i64, &'a Outcome)>) -> String {
    attempts.fold(String::new(), |text, (start, end, outcome)| {
        text + &format!(", {start} to {end} {}", outcome.label())
    })
}

/// A slot by its place on the grid's own clock; where it lies on the other one depends on when it was asked.
pub(super) fn written(aligned: bool, slot: Slot) -> String {
    let (kind, at) = match slot.kind {
        SlotKind::Scheduled if aligned => ("wall slot", slot.scheduled.as_nanos()),
        SlotKind::Scheduled => ("slot", slot.at.as_nanos()),
        SlotKind::Extra => ("extra", slot.at.as_nanos()),
        SlotKind::Manual(number) => return format!("trigger {number} at {}", tick(slot.at.as_nanos())),
        _ => unreachable!("the scripts know no other kind"),
    };
    format!("{kind} {}", tick(at))
}
