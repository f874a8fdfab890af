use super::{Origin, Pattern, TaskSettings};

/// The settings of the tasks that match one pattern.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layer {
    pub(super) pattern: Pattern,
    pub(super) settings: TaskSettings,
    /// The place of the pattern in its source.
    pub(super) origin: Option<Origin>,
}
