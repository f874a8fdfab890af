use core::time::Duration;

/// The time of a task's first run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum FirstRun {
    /// One spacing after the start; on the wall clock's next boundary if the grid is aligned.
    #[default]
    AfterSpacing,
    /// At the start.
    Immediately,
    /// After this delay; the grid starts there.
    After(Duration),
}

/// The delay of each run behind its slot. The grid itself never moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Jitter {
    /// No delay.
    #[default]
    None,
    /// Up to this many millionths of the spacing, 1 to 1 000 000: 50 000 is 5 %.
    Share(u32),
    /// Up to this duration: more than zero, less than the spacing.
    UpTo(Duration),
}

/// The rule for a slot that is due while a run of its own task is active.
///
/// Slots every 10 s, each run takes 14 s. `[==]` is a run, `c` the end of one that is cancelled:
#[doc = include_str!("../../docs/overlap.md")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Overlap {
    /// The slot is skipped.
    #[default]
    Skip,
    /// The slot starts when the run has ended. One slot waits; later ones are skipped.
    Queue,
    /// The run is cancelled. The slot starts when the run has ended.
    Replace,
    /// The slot starts beside the active runs, up to this number at once: at least 1; a table refuses 0.
    Allow(u32),
}

/// The rule for slots that passed while the task was idle and the scheduler was not polled.
///
/// Slots every 10 s, each run (`r`) takes 1 s. The scheduler is not polled from 12 to 47; `skip, 5s` has a grace of 5 s:
#[doc = include_str!("../../docs/missed.md")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Missed {
    /// Runs the newest slot in place of the older ones.
    #[default]
    Coalesce,
    /// Runs the newest slot if it is at most the grace time late (default 60 s), and never the older ones.
    Skip,
    /// Runs the newest `n` slots in order, one at a time: at least 1; a table refuses 0.
    All(u16),
}

/// The place where a run's code runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Execution {
    /// In a task of its own on the runtime: an `async fn`.
    #[default]
    Spawned,
    /// On the pool for blocking work: a plain `fn`.
    Blocking,
    /// In the runner itself, which does nothing else meanwhile: no other task starts. If the code does not await, the
    /// runner notices no stop and no signal before it returns. A handle's `stop` still reaches the other runs.
    ///
    /// Short runs that are due together follow each other for up to 100 µs before any other work.
    Inline,
}
