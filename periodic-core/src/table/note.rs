use core::fmt;

use crate::task::TaskName;

/// Something that is worth knowing about a task of a table, seen from one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The task.
    pub task: TaskName,
    /// What it is about.
    pub kind: NoteKind,
    /// The same in words.
    pub text: String,
}

/// What a [`Note`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoteKind {
    /// Within a year the clocks of the task's zone are set forward over a slot that has a fixed hour.
    InGap,
    /// No slot is left: the task never runs by itself.
    NoSlots,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.task, self.text)
    }
}
