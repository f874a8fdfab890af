/// What a [`Note`](crate::table::Note) is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoteKind {
    /// Within a year the clocks of the task's zone are set forward over a slot that has a fixed hour.
    InGap,
    /// No slot is left: the task never runs by itself.
    NoSlots,
}
