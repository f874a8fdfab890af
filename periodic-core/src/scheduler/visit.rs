use super::effects::Output;
use crate::time::Now;

/// The context of a step that changes a row: its first argument.
#[derive(Debug)]
pub(super) struct Visit<'s> {
    pub(super) now: Now,
    /// The number of the newest attempt of all rows.
    pub(super) serial: &'s mut u64,
    pub(super) output: &'s mut Output,
}

impl Visit<'_> {
    /// A number for one more attempt.
    pub(super) fn next_serial(&mut self) -> u64 {
        *self.serial += 1;
        *self.serial
    }
}

/// Whether a slot at the very instant is meant too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Upto {
    Before,
    Including,
}

/// How a visit to a row begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    /// With nothing.
    AsIs,
    /// With the slots before decided, under the state that held.
    Settled,
    /// The same, and with the row's waiting records made: its task may change.
    ToChange,
}
