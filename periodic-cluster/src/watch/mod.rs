//! Watches that drivers share.

mod differences;
mod polled;

pub(crate) use differences::{differences, is_same};
