//! The small parts of a row's state.

use crate::schedule::Slot;
use crate::task::LeftOut;

/// Whether a task has slots, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Active,
    Off(LeftOut),
    Done,
    Stopped,
    /// Removed, with a run still active.
    Removed,
}

/// The rules that a task's declaration needs. A copy, so that a run need not look that up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// No rare rule: each slot runs, missed ones by the default, and a run neither ends the schedule nor sets a slot.
    Plain,
    /// `missed`, `grace`, `max_runs`, `retry` or `from = "finish"` must be asked.
    Ruled,
}

/// Whether a row only waits for its next slot. Noted at the end of each visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// A plain task waits for its next slot, on an even grid of the boot-time clock without jitter; nothing else is
    /// held or noted.
    Even,
    Other,
}

/// The hints for a sequential pass: it asks nothing else of a declaration.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PassHints {
    /// Whether the task has a timeout.
    pub(crate) is_bounded: bool,
    /// Whether the first pass found that its calls are futures without a box: only calls show which tasks are async.
    pub(crate) polls_in_place: bool,
}

/// The newest decided slot of a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decided {
    Never,
    At(Slot),
    /// The slot of the last run, which was successful: a sequential pass keeps it only there.
    LastRun,
}
