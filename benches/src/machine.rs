//! The place and time of the measurement.

use std::fs;
use std::process::Command;
use std::time::SystemTime;

use periodic::time::Timestamp;

use crate::child::output;

/// Returns the day, the processor, the system and the compiler, in one line.
pub fn described() -> String {
    let day = Timestamp::from(SystemTime::now()).to_string();
    let system = rustix::system::uname();
    format!(
        "{}, {}, {} {}, {}, profile release (codegen-units = 1, no LTO)",
        day.get(..10).unwrap_or(&day),
        processor(),
        system.sysname().to_string_lossy(),
        system.release().to_string_lossy(),
        compiler()
    )
}

/// Returns the compiler with its version, such as `rustc 1.95.0 (59807616e 2026-04-14) on x86_64`.
pub fn compiler() -> String {
    let version =
        output(Command::new("rustc").arg("-V")).unwrap_or_else(|_| "rustc of unknown version".into());
    format!("{} on {}", version.trim(), std::env::consts::ARCH)
}

fn processor() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name =
        info.lines().find(|line| line.starts_with("model name")).and_then(|line| line.split_once(": "));
    format!("{cores} × {}", name.map_or(std::env::consts::ARCH, |(_, name)| name.trim()))
}
