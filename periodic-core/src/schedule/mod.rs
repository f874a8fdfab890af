//! The times of slots: the boundary of a grid, and the calendar of a cron expression. The grids themselves belong to
//! the scheduler.

mod boundary;
#[cfg(feature = "cron")]
mod calendar;
mod cold;
mod grid;
mod jitter;
// Public as `table::NoteKind`.
pub(crate) mod note;
mod recurrence;
mod set_back;
// Public as `task::Slot` and `task::SlotKind`.
pub(crate) mod slot;
mod timeline;
#[cfg(not(feature = "cron"))]
mod without_cron;
#[cfg(feature = "cron")]
mod zone;

pub use boundary::nearest_boundary;
#[cfg(feature = "cron")]
pub use calendar::Calendar;
pub(crate) use grid::{Grid, Passed, follows_its_end};
pub(crate) use jitter::Spread;
#[cfg(any(test, feature = "sim"))]
pub(crate) use jitter::mix;
pub(crate) use note::NoteKind;
pub(crate) use slot::{Slot, SlotKind};
pub(crate) use timeline::{NEVER, Timeline};
#[cfg(not(feature = "cron"))]
pub(crate) use without_cron::{Calendar, UnknownZone, Zone};
#[cfg(feature = "cron")]
pub use zone::UnknownZone;
#[cfg(feature = "cron")]
pub(crate) use zone::Zone;
