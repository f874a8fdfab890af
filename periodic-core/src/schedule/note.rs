/// The subject of a [`Note`](crate::table::Note).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoteKind {
    /// Within a year the clocks of the task's zone are set forward over a slot with a fixed hour.
    InGap,
    /// No slot is left: the schedule never starts a run.
    NoSlots,
}
