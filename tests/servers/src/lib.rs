//! Real servers for tests: started, broken and repaired by the tests themselves.
//!
//! [`Server`] runs one on a free port of the loopback interface, with its data in a folder of its own. [`Proxy`] stands
//! between a client and a server, and does to their connection what networks do.
//!
//! A server that is not installed is `None`, and said on the standard error with the Debian package that has it. With
//! `PERIODIC_REQUIRE_SERVERS=1` it fails the test. Whatever else goes wrong panics: only tests depend on this crate.
//!
//! The futures here take real time, and do not fit tokio's paused clock.
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
