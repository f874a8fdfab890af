//! The records of engines that store texts under names.

mod departed;
mod name;
mod record;

pub(crate) use departed::Departed;
#[cfg(feature = "memcached")]
pub(crate) use name::encoded;
pub(crate) use name::{name, names};
pub(crate) use record::StoredRecord;
