//! Real servers, which tests start, break and repair.
//!
//! [`Server`] runs one on a free port of the loopback interface, with its data in its own folder. [`Proxy`] stands
//! between a client and a server, and simulates failures of the network.
//!
//! A server that is not installed is `None`; standard error then names the Debian package. With
//! `PERIODIC_REQUIRE_SERVERS=1` it fails the test. All other errors panic, because only tests depend on this crate.
//!
//! The futures here take real time. Do not use them with tokio's paused clock.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, clippy::missing_panics_doc)]

mod folder;
mod installed;
mod kinds;
mod plan;
mod port;
mod probe;
mod proxy;
mod server;
mod tls;
mod tree;

pub use proxy::Proxy;
pub use server::Server;
pub use tls::Tls;
