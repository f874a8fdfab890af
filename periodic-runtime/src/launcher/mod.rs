//! The process around services: signals, exit codes, systemd.

mod exit;
#[expect(clippy::module_inception, reason = "the file is named as the type in it")]
mod launcher;
mod listen;
mod on_signal;
mod reload;
mod services;
mod supervisor;
mod systemd;

pub use exit::Exit;
pub use launcher::Launcher;
