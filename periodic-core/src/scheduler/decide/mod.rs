//! Decides slots that are due: the rules for pauses, overlaps and missed slots.

mod due;
mod fast_path;
mod missed;
mod overlap;
mod retries;
mod settle;
mod slots_while_paused;

pub(crate) use due::Due;
pub(crate) use fast_path::Taken;
