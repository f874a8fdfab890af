use core::fmt;

use crate::schedule::NoteKind;
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

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.task, self.text)
    }
}
