//! The common parts of several crates' tests.
//!
//! Errors panic, because only tests depend on this crate.
#![allow(clippy::unwrap_used, clippy::missing_panics_doc)]

mod log_capture;

pub use log_capture::LogCapture;
