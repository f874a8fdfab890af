use core::time::Duration;

/// When a task runs first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum FirstRun {
    /// One spacing after the start; on the wall clock's next boundary if the grid is aligned.
    #[default]
    AfterSpacing,
    /// At the start.
    Immediately,
    /// So long after the start; the grid begins there.
    After(Duration),
}

/// By how much each run is moved behind its slot. The grid itself never moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Jitter {
    /// Not at all.
    #[default]
    None,
    /// By up to this many millionths of the spacing, 1 to 1 000 000: 50 000 is 5 %.
    Share(u32),
    /// By up to this long: more than zero, less than the spacing.
    UpTo(Duration),
}

/// The rule for a slot that is due while a run of its own task is active.
///
/// Slots every 10 s, each run takes 14 s. `[==]` is a run, `c` the end of one that is cancelled:
#[doc = include_str!("../../docs/overlap.md")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Overlap {
    /// It is skipped.
    #[default]
    Skip,
    /// It starts when the run has ended; one slot waits, later ones are skipped.
    Queue,
    /// The run is cancelled, and the slot starts once it has really ended.
    Replace,
    /// It starts beside the run, up to this many at once: at least 1, and a table refuses 0.
    Allow(u32),
}

/// The rule for slots that passed while the task was idle and the scheduler was not polled.
///
/// Slots every 10 s, each run (`r`) takes 1 s. The scheduler is not polled from 12 to 47; `skip, 5s` has a grace of 5 s:
#[doc = include_str!("../../docs/missed.md")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Missed {
    /// The newest runs, in the place of the older ones.
    #[default]
    Coalesce,
    /// The newest runs if it is not later than the grace time (60 s if none is stated), the older ones never.
    Skip,
    /// Runs the newest `n` slots in order, one at a time: at least 1, and a table refuses 0.
    All(u16),
}

/// Where a run's code runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Execution {
    /// As a task of its own on the runtime: an `async fn`.
    #[default]
    Spawned,
    /// On the pool for blocking work: a plain `fn`.
    Blocking,
    /// In the runner itself, which does nothing else meanwhile: no other task starts, and where the code does not
    /// await, it hears no stop and no signal before it returns. A handle's `stop` reaches the other runs nevertheless.
    ///
    /// Short runs that are due together follow each other for up to 100 µs before anything else has its turn.
    Inline,
}
