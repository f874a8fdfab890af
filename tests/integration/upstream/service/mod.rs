//! `oslo_service/tests/test_service.py` and the tests of launchers, signals, systemd and options around it. A process
//! here is one, where the original forks its workers; so its children's cases are tested with itself.

#[cfg(target_os = "linux")]
mod connected;
mod options;
#[cfg(target_os = "linux")]
mod processes;
#[cfg(target_os = "linux")]
mod restarts;
#[cfg(target_os = "linux")]
mod signal_handler;
mod stops;
#[cfg(target_os = "linux")]
mod systemd;
