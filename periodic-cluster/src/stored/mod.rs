//! What is stored by engines that keep texts under names.

mod departed;
mod name;
mod record;

pub(crate) use departed::Departed;
pub(crate) use name::{name, names};
pub(crate) use record::StoredRecord;
