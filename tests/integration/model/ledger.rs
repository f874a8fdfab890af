//! The outcome of each slot, a line for each, for the comparison of scheduler and model.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use periodic::scheduler::SlotRecord;
use periodic::task::{Outcome, ScheduleSpec, Slot, SlotKind};
use periodic::time::{Instant, Timestamp};

use super::declared::Grid;
use super::moment::tick;
use super::task::{Entry, Task};

/// A slot of the model: its line, where it lies on the grid's own clock, and of which schedule it is.
type Line = (String, i64, u32);

/// Finds for each record the slots of the model that it tells of; none may be left over on either side.
pub(super) fn compare(records: &[SlotRecord], tasks: &[Task]) {
    let mut left: BTreeMap<&str, VecDeque<Line>> = BTreeMap::new();
    for task in tasks {
        let aligned = task.declared.grid == Grid::Aligned;
        let lines = task.ledger.iter().map(|entry| {
            let Entry { slot, outcome, started, attempts, begun } = entry;
            let attempts = attempts.iter().map(|one| (one.start, one.end, &one.outcome));
            let told = told(outcome, *started, aligned) + &tries(attempts);
            (format!("{} {told}", written(aligned, *slot)), place(aligned, *slot), *begun)
        });
        left.entry(&task.name).or_default().extend(lines);
    }
    for (place, record) in records.iter().enumerate() {
        let alone = records[place..].iter().filter(|later| later.count == 1 && later.name() == record.name());
        let alone = alone.map(|later| self::place(schedule(later).1, later.first)).collect();
        find(record, &alone, left.entry(record.name().task()).or_default());
    }
    left.retain(|_, left| !left.is_empty());
    assert!(left.is_empty(), "modelled alone: {left:?}");
}

/// Slots that have a record of their own later are `alone`: a range around them does not tell of them.
fn find(record: &SlotRecord, alone: &BTreeSet<i64>, left: &mut VecDeque<Line>) {
    let (_, aligned) = schedule(record);
    let attempts = record.attempts.iter();
    let attempts =
        attempts.map(|one| (tick(one.started.as_nanos()), tick(one.ended.as_nanos()), &one.outcome));
    let started = record.started.map(|started| tick(started.as_nanos()));
    let told = told(&record.outcome, started, aligned) + &tries(attempts);
    let mut take = |slot: Slot, begun: Option<u32>| {
        let line = format!("{} {told}", written(aligned, slot));
        let is_it = |one: &Line| one.0 == line && begun.is_none_or(|begun| begun == one.2);
        let found = left.iter().position(is_it).and_then(|at| left.remove(at));
        found.unwrap_or_else(|| panic!("recorded alone: {line}")).2
    };
    let begun = take(record.first, None);
    if record.count == 1 {
        assert_eq!(record.first, record.last, "one slot");
        return;
    }
    take(record.last, Some(begun));
    // Between those two the last that are left: a slot that was decided before is none of them.
    let end = place(aligned, record.last);
    let start = if record.first.kind == SlotKind::Extra { i64::MIN } else { place(aligned, record.first) };
    let kind = if aligned { "wall slot" } else { "slot" };
    let is_one = |(line, at, of): &Line| {
        *of == begun && (start + 1..end).contains(at) && line.starts_with(kind) && line.ends_with(&told)
    };
    let between = left.iter().filter(|line| is_one(line)).map(|line| (!alone.contains(&line.1), line.1));
    let between: BTreeSet<(bool, i64)> = between.collect();
    let count = usize::try_from(record.count - 2).unwrap();
    assert!(between.len() >= count, "{} slots, but not all are left: {record:?}", record.count);
    let mut between: BTreeSet<i64> = between.into_iter().rev().take(count).map(|(_, at)| at).collect();
    left.retain(|line| !(is_one(line) && between.remove(&line.1)));
}

/// Where a slot lies on the grid's own clock.
fn place(aligned: bool, slot: Slot) -> i64 {
    tick(if aligned { slot.scheduled.as_nanos() } else { slot.at.as_nanos() })
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
    format!("{name} {} {}", written(aligned, slot), told(outcome, started, aligned))
}

/// The outcome of a slot.
fn told(outcome: &Outcome, started: Option<i64>, aligned: bool) -> String {
    let outcome = match outcome {
        Outcome::Coalesced(into) => format!("coalesced into {}", written(aligned, *into)),
        Outcome::Skipped(reason) => format!("skipped: {}", reason.label()),
        other => other.label().into(),
    };
    match started {
        Some(started) => format!("started {started} {outcome}"),
        None => outcome,
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
