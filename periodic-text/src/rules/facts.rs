/// The default spacing in nanoseconds: 60 s.
pub const DEFAULT_SPACING: i64 = 60_000_000_000;

/// The default of the first back-off, in nanoseconds: 1 s.
pub const DEFAULT_BACKOFF: i64 = 1_000_000_000;

/// A number of a declaration, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Val {
    /// No value is given.
    #[default]
    Absent,
    /// A value is given, but only the compiler knows it: a constant, or a value with a mistake of its own.
    Unknown,
    /// The value; a length is in nanoseconds.
    Is(i64),
}

/// The point from which a spacing is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum From {
    /// From slot to slot.
    Start,
    /// From the end of the last run.
    Finish,
}

/// The rule for a slot that is due while a run is active.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Overlap {
    /// The slot is skipped.
    Skip,
    /// The slot waits for the end of the run.
    Queue,
    /// The run is cancelled for the slot.
    Replace,
    /// This many runs at once.
    Allow(u32),
}

/// The rule for slots that passed unpolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Missed {
    /// The newest slot runs for all.
    Coalesce,
    /// No slot runs.
    Skip,
    /// This number of the newest slots run.
    All(u16),
}

/// The place where a run's code runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Execution {
    /// As a task of its own on the runtime.
    Spawned,
    /// On the pool for blocking work.
    Blocking,
    /// In the runner.
    Inline,
}

/// The facts of a declaration, from an attribute, settings or code.
///
/// [`Facts::NONE`] breaks no rule, so that a part of a declaration can be checked alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is an argument of its own")]
pub struct Facts {
    /// The spacing, if stated. Zero is the default; a negative spacing disables the task.
    pub spacing: Val,
    /// Whether a `cron` is stated.
    pub cron: bool,
    /// Whether a time zone is stated.
    pub tz: bool,
    /// Whether the rules for clock changes are stated.
    pub dst: bool,
    /// The point from which the spacing is measured, if stated.
    pub from: Option<From>,
    /// Whether the grid is aligned to the wall clock.
    pub align: bool,
    /// Whether the first run starts at once.
    pub run_immediately: bool,
    /// The time from the start to the first run.
    pub initial_delay: Val,
    /// The longest jitter, if it is a length.
    pub jitter: Val,
    /// The longest jitter, if it is a share of the spacing, in millionths.
    pub jitter_share: Val,
    /// The longest time that one attempt may take.
    pub timeout: Val,
    /// Whether a `retry` is stated.
    pub retry: bool,
    /// The number of attempts for a slot.
    pub attempts: Val,
    /// The first back-off.
    pub backoff: Val,
    /// The longest back-off.
    pub longest_backoff: Val,
    /// Whether each back-off is drawn from the upper half of its length.
    pub backoff_jitter: bool,
    /// The rule for overlaps, if stated.
    pub overlap: Option<Overlap>,
    /// The rule for missed slots, if stated.
    pub missed: Option<Missed>,
    /// The greatest lateness at which a slot is still run.
    pub grace: Val,
    /// The greatest number of runs.
    pub max_runs: Val,
    /// The place where a run's code runs.
    pub execution: Execution,
    /// Whether the argument `blocking` is written.
    pub blocking: bool,
    /// Whether the argument `inline` is written.
    pub inline: bool,
    /// Whether the task is known to be an `async fn`.
    pub is_async: bool,
}

impl Facts {
    /// A declaration that states nothing.
    pub const NONE: Self = Self {
        spacing: Val::Absent,
        cron: false,
        tz: false,
        dst: false,
        from: None,
        align: false,
        run_immediately: false,
        initial_delay: Val::Absent,
        jitter: Val::Absent,
        jitter_share: Val::Absent,
        timeout: Val::Absent,
        retry: false,
        attempts: Val::Absent,
        backoff: Val::Absent,
        longest_backoff: Val::Absent,
        backoff_jitter: false,
        overlap: None,
        missed: None,
        grace: Val::Absent,
        max_runs: Val::Absent,
        execution: Execution::Spawned,
        blocking: false,
        inline: false,
        is_async: false,
    };
}

impl Default for Facts {
    fn default() -> Self {
        Self::NONE
    }
}
