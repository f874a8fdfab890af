//! The common behaviour of all engines: one suite, and a fixture and a module for each engine.

// A test that cannot continue panics; only the harness catches that.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[cfg(any(feature = "conductor", feature = "etcd", feature = "postgres", feature = "zookeeper-tls"))]
mod certificates;
mod child;
mod fixture;
#[macro_use]
mod suite;

#[cfg(feature = "conductor")]
mod conductor;
#[cfg(any(feature = "etcd", feature = "memcached", feature = "zookeeper"))]
mod coordinated;
mod memory;
#[cfg(any(feature = "memcached", feature = "postgres"))]
mod outage;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;
