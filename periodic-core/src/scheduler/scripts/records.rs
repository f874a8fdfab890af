use std::collections::HashMap;

use crate::schedule::{Slot, SlotKind};
use crate::scheduler::{SlotRecord, Start};
use crate::spec::ScheduleSpec;
use crate::time::{Instant, Timestamp};

type Name = String;

/// The records of a script, held against the runs that started.
#[derive(Default)]
pub(super) struct Records {
    /// The runs that started, less the records of runs.
    open: HashMap<(Name, Slot), i64>,
    /// The slots that were decided. A slot on the wall clock is known by its time there, any other by its instant.
    decided: HashMap<(Name, SlotKind, Instant, Timestamp), (Instant, SlotRecord)>,
    /// When a task's schedule began anew, after which a slot may come again.
    anew: HashMap<Name, Vec<Instant>>,
    /// When all did.
    all_anew: Vec<Instant>,
}

impl Records {
    pub(super) fn started(&mut self, start: &Start) {
        if start.attempt == 1 {
            *self.open.entry((start.task.name().to_string(), start.slot)).or_default() += 1;
        }
    }

    pub(super) fn begins_anew(&mut self, name: &str, now: Instant) {
        self.anew.entry(name.to_owned()).or_default().push(now);
    }

    pub(super) fn all_begin_anew(&mut self, now: Instant) {
        self.all_anew.push(now);
    }

    pub(super) fn note(&mut self, record: &SlotRecord) {
        assert!(record.count > 1 || record.count == 1 && record.first == record.last, "{record:?}");
        let name = record.name().to_string();
        if record.started.is_some() {
            *self.open.entry((name.clone(), record.first)).or_default() -= 1;
        }
        let follows_the_wall = follows_wall(record);
        let ends = [record.first, record.last];
        for slot in &ends[..if record.count == 1 { 1 } else { 2 }] {
            let by_wall = follows_the_wall && slot.kind == SlotKind::Scheduled;
            let (at, scheduled) =
                if by_wall { (Instant::default(), slot.scheduled) } else { (slot.at, Timestamp::default()) };
            // A run may not ask for the instant of a decided slot.
            let asked_for = slot.kind == SlotKind::Extra && !follows_the_wall;
            let kind = if asked_for { SlotKind::Scheduled } else { slot.kind };
            let key = (name.clone(), kind, at, scheduled);
            let Some((before, other)) = self.decided.insert(key, (slot.at, record.clone())) else { continue };
            let between = before.min(slot.at)..=other.decided.max(record.decided);
            let mut anew = self.anew.get(&name).into_iter().flatten().chain(&self.all_anew);
            assert!(
                anew.any(|at| between.contains(at)),
                "{slot:?} is decided twice: {other:?} and {record:?}"
            );
        }
    }

    /// Asserts that each run has one record. No run is active any more.
    pub(super) fn assert_complete(&self) {
        let wrong: Vec<_> = self.open.iter().filter(|(_, open)| **open != 0).collect();
        assert!(wrong.is_empty(), "runs without a record, or records (below zero) without a run: {wrong:?}");
    }
}

fn follows_wall(record: &SlotRecord) -> bool {
    matches!(record.task.spec().schedule, ScheduleSpec::Cron { .. } | ScheduleSpec::Every { align: true, .. })
}
