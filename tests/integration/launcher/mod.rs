//! Real processes: this test binary, started again as a daemon, with real signals and a real socket for systemd.

mod child;
mod ends;
mod process;
mod reload;
mod signals;
mod systemd;
