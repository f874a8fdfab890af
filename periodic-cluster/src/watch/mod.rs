//! Watches that drivers share.

mod differences;
#[cfg(any(feature = "etcd", feature = "zookeeper"))]
mod known;
mod polled;

pub(crate) use differences::{differences, is_same};
#[cfg(any(feature = "etcd", feature = "zookeeper"))]
pub(crate) use known::{Known, Source, follow};
