use super::{Origin, Pattern, TaskSettings};

/// The settings of the tasks that one pattern names.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layer {
    pub(super) pattern: Pattern,
    pub(super) settings: TaskSettings,
    /// Where the pattern was written.
    pub(super) origin: Option<Origin>,
}
