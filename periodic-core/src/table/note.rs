use core::fmt;

use crate::schedule::NoteKind;
use crate::task::TaskName;

/// A note on a task of a table, seen from one point in time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// The task.
    pub task: TaskName,
    /// The subject of the note.
    pub kind: NoteKind,
    /// The same as a text.
    pub text: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.task, self.text)
    }
}
