//! Every slot ends in exactly one outcome: each grid is enumerated from the declaration alone, without the model.

use periodic::scheduler::SlotRecord;
use periodic::task::SlotKind;

use super::declared::{Declared, First, Grid};
use super::ledger;
use super::moment::{Moment, tick};
use super::rehearsal::{Rehearsal, START};
use super::script::Script;
use super::service;

pub(super) fn check(script: &Script) {
    let (records, stopped) = Rehearsal::play(script);
    for (number, declared) in script.tasks.iter().enumerate() {
        let name = service::name(number);
        let mut decided = decided(&records, &name, declared.grid == Grid::Aligned);
        // A slot at the very instant of the stop exists if it was polled before; either is right.
        let end = if declared.grid == Grid::Aligned { stopped.wall } else { stopped.boot };
        decided.pop_if(|newest| *newest == end);
        assert_eq!(decided, grid(declared, end), "{name}");
        let extras = records.iter().filter(|record| record.name().task() == name);
        let extras = extras.filter(|record| record.first.kind == SlotKind::Extra).count();
        let asked = declared.grid == Grid::Aligned && declared.first == First::Immediately;
        assert_eq!(extras, usize::from(asked), "{name}");
    }
}

/// The slots of a task's grid that have an outcome, on the grid's own clock; sorted, so a second outcome shows.
fn decided(records: &[SlotRecord], name: &str, aligned: bool) -> Vec<i64> {
    let records = records.iter().filter(|record| record.name().task() == name);
    let slots = records.flat_map(ledger::slots).filter(|slot| slot.kind == SlotKind::Scheduled);
    let at = |slot: periodic::task::Slot| {
        tick(if aligned { slot.scheduled.as_nanos() } else { slot.at.as_nanos() })
    };
    let mut decided: Vec<i64> = slots.map(at).collect();
    decided.sort_unstable();
    decided
}

/// All slots of a grid before its end.
fn grid(declared: &Declared, end: i64) -> Vec<i64> {
    let Moment { boot, wall } = START;
    let first = match (declared.grid, declared.first) {
        (Grid::Aligned, _) => {
            (wall + 1..=wall + declared.spacing).find(|at| at % declared.spacing == 0).unwrap()
        }
        (_, First::AfterSpacing) => boot + declared.spacing,
        (_, First::Immediately) => boot,
        (_, First::After(delay)) => boot + delay,
    };
    core::iter::successors(Some(first), |slot| Some(slot + declared.spacing))
        .take_while(|slot| *slot < end)
        .collect()
}
