//! Models of the parts that threads share without the runner's lock. The sources are the crates' own; only their `sync`
//! is loom's, which tries every order of the threads and every value that a load may see.

// The sources' own unit tests run in their crates.
#![cfg(not(test))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::unnecessary_wraps,
    reason = "it is all tests"
)]

pub mod runner;
pub mod task;
