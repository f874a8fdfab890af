//! The common part of the drivers' watches.

mod differences;
mod follow;
#[cfg(any(feature = "conductor", feature = "etcd", feature = "zookeeper"))]
mod known;
mod polled;
mod shared;

pub(crate) use differences::{differences, is_same};
pub(crate) use follow::RETRY_AFTER;
#[cfg(any(feature = "conductor", feature = "etcd", feature = "zookeeper"))]
pub(crate) use follow::{Interruption, Source, follow};
#[cfg(any(feature = "conductor", feature = "etcd", feature = "zookeeper"))]
pub(crate) use known::KnownMembers;
#[cfg(any(feature = "memcached", feature = "sqlite"))]
pub(crate) use polled::Polled;
#[cfg(feature = "postgres")]
pub(crate) use shared::ReadAll;
#[cfg(any(feature = "memcached", feature = "postgres", feature = "sqlite"))]
pub(crate) use shared::Shared;
