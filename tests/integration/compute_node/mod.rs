//! The compute node of the examples, run as an operator runs it: real processes, signals, files.

mod node;
mod settings;
mod stops;
mod systemd;
