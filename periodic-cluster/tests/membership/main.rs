//! What every engine must do, run for each of them: one suite, a fixture and a module for each engine.

// A test that cannot go on says so by panicking; nobody catches it but the harness.
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
