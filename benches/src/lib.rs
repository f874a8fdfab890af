//! What the tasks of `periodic` cost beside those of its peers.
//!
//! `cargo run --release -p periodic-bench` measures all and prints the table; `DESIGN.md` of the repository says how it
//! is measured. Memory is measured by a program of its own, because counting slows each allocation down.

// A program's own output.
#![allow(clippy::print_stdout, clippy::print_stderr)]
// Where a measurement cannot be set up, there is nothing to go on with.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::missing_panics_doc)]
// Tables of some lines.
#![allow(clippy::format_push_string)]
// Counts and times become figures to be shown; 53 bits are more than any of them has.
#![allow(clippy::cast_precision_loss)]

pub mod chart;
pub mod child;
pub mod finding;
pub mod gate;
pub mod goals;
pub mod machine;
pub mod measure;
pub mod ours;
pub mod peers;
pub mod python;
pub mod rounds;
pub mod table;
