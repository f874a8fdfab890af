use periodic::task::{Ended, Next, TaskError};
use proptest::collection::vec;
use proptest::prelude::*;

use super::declared::{self, Declared, First, Grid};
use super::moment::duration;

/// The events of a service, as a list of numbers: it can be printed, run again and made smaller.
#[derive(Clone, Debug)]
pub(super) struct Script {
    pub(super) tasks: Vec<Declared>,
    pub(super) limit: Option<usize>,
    /// Whether it is polled as soon as a run has ended, as the runner does.
    pub(super) attentive: bool,
    /// How runs go, one after the other and then again from the first.
    pub(super) runs: Vec<Course>,
    pub(super) steps: Vec<Step>,
}

/// How one run goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course {
    pub(super) lasts: i64,
    pub(super) end: End,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum End {
    Ok,
    Failed,
    Panicked,
    TimedOut,
    After(i64),
    Never,
}

impl End {
    pub(super) fn ended(self) -> Ended {
        match self {
            Self::Ok => Ended::Ok(Next::OnSchedule),
            Self::Failed => Ended::Failed(TaskError::new("failed")),
            Self::Panicked => Ended::Panicked(TaskError::new("panicked")),
            Self::TimedOut => Ended::TimedOut,
            Self::After(ticks) => Ended::Ok(Next::After(duration(ticks))),
            Self::Never => Ended::Ok(Next::Never),
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// A poll exactly when the last one asked for it.
    OnTime,
    /// A poll this long from now, asked for or not.
    After(i64),
    /// A poll this long after it was asked for.
    Late(i64),
    /// No poll comes.
    Unpolled(i64),
    /// The wall clock is set.
    WallJump(i64),
    /// A control call for one of the tasks that ever were.
    Control(usize, Control),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Control {
    Pause,
    Resume,
    Trigger,
    SetSpacing(i64),
    Disable,
    Enable,
    Remove,
    /// Adds a task of this name, which is refused while there is one.
    Add(Declared),
}

/// Polls, run durations and failures.
pub(super) fn plain() -> impl Strategy<Value = Script> {
    let end = prop_oneof![3 => Just(End::Ok), 1 => Just(End::Failed)];
    script(declared::plain(), end, poll())
}

/// Any grid that nothing but time moves: no controls, no set clocks, no wishes of runs.
pub(super) fn undisturbed() -> impl Strategy<Value = Script> {
    let end = prop_oneof![3 => Just(End::Ok), 1 => Just(End::Failed), 1 => Just(End::TimedOut)];
    let fixed = declared::any().prop_map(|declared| Declared {
        grid: if declared.grid == Grid::FromFinish { Grid::FromStart } else { declared.grid },
        max_runs: None,
        ..declared
    });
    script(fixed, end, poll())
}

/// Everything.
pub(super) fn any() -> impl Strategy<Value = Script> {
    let end = prop_oneof![
        6 => Just(End::Ok),
        2 => Just(End::Failed),
        1 => Just(End::Panicked),
        1 => Just(End::TimedOut),
        2 => (0..30_i64).prop_map(End::After),
        1 => Just(End::Never),
    ];
    let control = prop_oneof![
        2 => Just(Control::Pause),
        3 => Just(Control::Resume),
        3 => Just(Control::Trigger),
        2 => (0..40_i64).prop_map(Control::SetSpacing),
        1 => Just(Control::Disable),
        2 => Just(Control::Enable),
        1 => Just(Control::Remove),
        2 => declared::any().prop_map(Control::Add),
    ];
    let step = prop_oneof![
        8 => poll(),
        1 => jump().prop_map(Step::WallJump),
        6 => (0..5_usize, control).prop_map(|(task, control)| Step::Control(task, control)),
    ];
    script(declared::any(), end, step)
}

/// Aligned tasks alone, and a clock that is set as often as it is looked at.
pub(super) fn jumpy() -> impl Strategy<Value = Script> {
    let aligned = declared::any().prop_map(|declared| match declared.grid {
        Grid::Aligned => declared,
        _ => Declared { grid: Grid::Aligned, first: First::AfterSpacing, ..declared },
    });
    let control = prop_oneof![
        1 => Just(Control::Pause),
        2 => Just(Control::Resume),
        1 => Just(Control::Trigger),
        1 => (0..40_i64).prop_map(Control::SetSpacing),
        1 => Just(Control::Disable),
        2 => Just(Control::Enable),
    ];
    let step = prop_oneof![
        4 => poll(),
        3 => jump().prop_map(Step::WallJump),
        1 => (0..3_usize, control).prop_map(|(task, control)| Step::Control(task, control)),
    ];
    script(aligned, prop_oneof![3 => Just(End::Ok), 1 => Just(End::Failed)], step)
}

/// The change of a wall clock: mostly small, now and then near the limit of a correction.
pub(super) fn jump() -> impl Strategy<Value = i64> {
    prop_oneof![
        16 => -60..60_i64,
        8 => -300..300_i64,
        1 => -22_000..-21_000_i64,
        1 => -9_000..9_000_i64,
    ]
}

fn poll() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => Just(Step::OnTime),
        2 => (0..60_i64).prop_map(Step::After),
        2 => (1..200_i64).prop_map(Step::Late),
        1 => (0..60_i64).prop_map(Step::Unpolled),
    ]
}

fn script(
    task: impl Strategy<Value = Declared>,
    end: impl Strategy<Value = End>,
    step: impl Strategy<Value = Step>,
) -> impl Strategy<Value = Script> {
    let limit = prop_oneof![2 => Just(None), 1 => (1..4_usize).prop_map(Some)];
    let lasts = prop_oneof![2 => Just(0), 3 => 0..20_i64, 1 => 20..120_i64];
    let course = (lasts, end).prop_map(|(lasts, end)| match end {
        // A run that takes no time and wants another at once would go on for ever in one instant.
        End::After(0) => Course { lasts: lasts.max(1), end },
        _ => Course { lasts, end },
    });
    (vec(task, 1..5), limit, proptest::bool::ANY, vec(course, 1..8), vec(step, 1..40))
        .prop_map(|(tasks, limit, attentive, runs, steps)| Script { tasks, limit, attentive, runs, steps })
}
