//! The compute node of the examples, run as an operator runs it: real processes, signals, files.

pub(crate) mod node;
mod options;
pub(crate) mod program;
mod settings;
mod stops;
mod systemd;
