//! Decides slots that are due: the rules for pauses, overlaps and missed slots.

mod due;
mod missed;
mod obvious;
mod overlap;
mod retries;
mod settle;

pub(crate) use due::Due;
pub(crate) use obvious::Taken;
