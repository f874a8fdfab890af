//! Real processes: this test binary, started again as a daemon, with real signals and a real socket for systemd.

pub(crate) mod child;
mod ends;
pub(crate) mod process;
mod reload;
mod signals;
pub(crate) mod systemd;
