use std::sync::Arc;

use super::{Cold, Decided, Pace, PassHints, Phase, Shape};
use crate::schedule::{Grid, Slot, SlotKind, Spread};
use crate::scheduler::active_run::ActiveRun;
use crate::scheduler::ids::TaskId;
use crate::scheduler::ledger::{Counters, LastOk, LastRun, Tally};
use crate::scheduler::queue::Starter;
use crate::spec::Overlap;
use crate::task::{Task, TaskName};
use crate::time::{Instant, Now};

/// The state of one task in the scheduler.
///
/// The fields that a run at an even pace reads and writes come first, and stay together.
#[derive(Clone, Debug)]
#[repr(C)]
pub(crate) struct Row {
    pub(crate) id: TaskId,
    pub(crate) phase: Phase,
    pub(crate) pace: Pace,
    pub(crate) shape: Shape,
    pub(crate) hints: PassHints,
    /// Where its runs wait for their start.
    pub(crate) starter: Starter,
    pub(crate) paused: bool,
    /// Whether a run ended the schedule with `Next::Never`.
    pub(crate) ended_by_run: bool,
    /// The undecided slots of the schedule; `None` if there are none.
    pub(crate) grid: Option<Grid>,
    /// Changed only by [`set_task`](Row::set_task).
    pub(crate) task: Arc<Task>,
    pub(crate) totals: Tally,
    pub(crate) starts: u64,
    pub(crate) last_ok: LastOk,
    pub(crate) last_run: LastRun,
    pub(crate) decided: Decided,
    pub(crate) cold: Option<Box<Cold>>,
    /// One undecided slot besides those of the grid, always before the grid's next.
    pub(crate) extra: Option<Box<(Instant, SlotKind)>>,
    /// Active runs: started, or decided and waiting for a permit.
    pub(crate) going: Vec<ActiveRun>,
    /// Its position in the table order.
    pub(crate) order: u64,
    pub(crate) seed: u64,
    pub(super) overlap: Overlap,
    /// The task with its settings, for comparison at a reload; `None` for a task added at run time.
    pub(crate) configured: Option<Arc<Task>>,
}

/// Returns the memory of a task in a scheduler, part by part, in bytes. For the benchmarks.
#[doc(hidden)]
pub fn bytes() -> [(&'static str, usize); 6] {
    let row = size_of::<Option<Row>>();
    let known = [
        ("its schedule", size_of::<Option<Grid>>()),
        ("counters and totals", size_of::<Tally>() + size_of::<u64>()),
        ("its last run and slots", size_of::<LastRun>() + size_of::<Decided>() + size_of::<LastOk>()),
        ("its active runs", size_of::<Vec<ActiveRun>>()),
    ];
    let rest = row - known.iter().map(|(_, bytes)| bytes).sum::<usize>();
    let [schedule, counters, last, going] = known;
    let handle = size_of::<Task>() + 2 * size_of::<usize>();
    [
        schedule,
        counters,
        last,
        going,
        ("rare state, its order, rules and handles", rest),
        ("its task, shared", handle),
    ]
}

impl Row {
    pub(crate) fn new(id: TaskId, order: u64, task: Arc<Task>, node: &str, now: Now) -> Self {
        let seed = Spread::seed(task.name().as_str(), node);
        let mut row = Self {
            id,
            order,
            overlap: Overlap::default(),
            pace: Pace::Other,
            shape: Shape::Ruled,
            hints: PassHints::default(),
            starter: Starter::Workers,
            task,
            configured: None,
            phase: Phase::Active,
            paused: false,
            grid: None,
            extra: None,
            going: Vec::new(),
            totals: Tally::default(),
            last_run: LastRun::None,
            cold: None,
            ended_by_run: false,
            decided: Decided::Never,
            last_ok: LastOk::default(),
            starts: 0,
            seed,
        };
        row.read_task();
        match row.task.left_out() {
            Some(reason) => row.phase = Phase::Off(reason),
            None => row.begin(now),
        }
        row
    }

    pub(crate) fn name(&self) -> &TaskName {
        self.task.name()
    }

    pub(crate) fn cold(&mut self) -> &mut Cold {
        self.cold.get_or_insert_default()
    }

    /// Returns the undecided slot besides those of the schedule.
    pub(crate) fn extra(&self) -> Option<(Instant, SlotKind)> {
        self.extra.as_deref().copied()
    }

    /// Returns the slot that `queue` or `replace` holds until the run has ended.
    pub(crate) fn held(&self) -> Option<Slot> {
        self.cold.as_ref().and_then(|cold| cold.held)
    }

    pub(crate) fn counters(&self) -> Counters {
        self.cold.as_ref().map_or_else(Counters::default, |cold| cold.counters).with(self.totals)
    }

    pub(crate) fn overlap(&self) -> Overlap {
        self.overlap
    }

    /// Whether the task has as many active runs as its overlap rule allows.
    pub(crate) fn is_saturated(&self) -> bool {
        let capacity = match self.overlap {
            Overlap::Allow(most) => most.max(1) as usize,
            _ => 1,
        };
        self.going.len() >= capacity
    }

    /// Whether an older run may end after a newer one.
    pub(crate) fn may_end_out_of_order(&self) -> bool {
        matches!(self.overlap, Overlap::Allow(_))
    }

    pub(crate) fn is_over(&self) -> bool {
        self.phase != Phase::Active && self.going.is_empty()
    }

    pub(crate) fn is_gone(&self) -> bool {
        self.phase == Phase::Removed && self.going.is_empty()
    }

    /// Whether the task has started as often as it may.
    pub(crate) fn has_started_enough(&self) -> bool {
        self.task.spec().max_runs.is_some_and(|most| self.starts >= most.get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_of_them_are_not_much() {
        assert!(size_of::<Option<Row>>() <= 256, "{}", size_of::<Option<Row>>());
    }
}
