use super::effects::Effects;
use super::limit::Limits;
use crate::time::Now;

/// The context of a step that changes a row: its first argument.
#[derive(Debug)]
pub(super) struct Visit<'s> {
    pub(super) now: Now,
    /// The number of the newest attempt among all rows.
    pub(super) serial: &'s mut u64,
    pub(super) limits: &'s mut Limits,
    pub(super) effects: &'s mut Effects,
}

impl Visit<'_> {
    /// Returns the number of the next attempt.
    pub(super) fn next_serial(&mut self) -> u64 {
        *self.serial += 1;
        *self.serial
    }
}

/// Whether a slot at exactly that instant is included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Upto {
    Before,
    Including,
}

/// How a visit to a row begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    /// Nothing is done first.
    AsIs,
    /// The slots before `now` are decided first, under the state in force until then.
    Settled,
    /// The same, and the row's waiting records are built first, because its task may change.
    ToChange,
}
