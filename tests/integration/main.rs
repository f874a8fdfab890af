//! The proof of the public API, as a user's crate sees it: one binary, one module for each subject.
//!
//! A test that fails here is a promise broken; the parts of one module are tested beside its code.

// A test that cannot continue panics; only the harness catches it.
#![allow(clippy::unwrap_used, clippy::expect_used)]
// Managers here have nothing in them, and their tasks have nothing to do.
#![allow(clippy::unused_async, clippy::unused_self, clippy::zero_sized_map_values)]

mod abort;
mod bomb;
mod bounds;
mod broken_clock;
mod catalogue;
mod compile_fail;
#[cfg(target_os = "linux")]
mod compute_node;
mod conformance;
mod cron;
mod english;
mod examples;
mod exhaustive;
mod expansion;
mod finish;
#[cfg(all(target_os = "linux", feature = "cluster"))]
mod fleet;
mod forecast;
mod group;
#[cfg(target_os = "linux")]
mod launcher;
mod layers;
mod looping;
mod model;
mod parallel;
mod pass;
mod retry;
mod rules;
mod runner;
mod service;
mod settings;
mod shown;
mod sim;
mod spans;
mod table;
mod timelines;
mod upstream;
