//! The costs of `periodic`'s tasks beside those of its peers.
//!
//! `cargo run --release -p periodic-bench` measures all goals and prints the table; `DESIGN.md` of the repository
//! states the method. A program of its own measures memory, because counting slows each allocation down.

// This program prints its results.
#![allow(clippy::print_stdout, clippy::print_stderr)]
// If a measurement cannot be set up, the program cannot continue.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::missing_panics_doc)]
// The tables have few lines.
#![allow(clippy::format_push_string)]
// Counts and times become figures for display; 53 bits are enough for all of them.
#![allow(clippy::cast_precision_loss)]

pub mod chart;
pub mod child;
pub mod finding;
pub mod gate;
pub mod goals;
pub mod machine;
pub mod measure;
pub mod ours;
pub mod page;
pub mod paths;
pub mod peers;
pub mod python;
pub mod rounds;
pub mod switches;
pub mod table;
pub mod users;
