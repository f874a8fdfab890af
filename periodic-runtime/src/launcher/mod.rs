//! The process around services: signals, exit codes, systemd.

mod error;
mod exit;
#[expect(clippy::module_inception, reason = "the file is named as the type in it")]
mod launcher;
mod reload;
mod services;
mod signals;
mod supervisor;
mod systemd;

pub use error::LaunchError;
pub use exit::Exit;
pub use launcher::Launcher;
