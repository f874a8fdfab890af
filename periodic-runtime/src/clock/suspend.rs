use std::time::Duration;

/// How long the machine has been suspended since it booted.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn suspended() -> Duration {
    use rustix::time::{ClockId, clock_gettime};

    let suspended = since_boot().saturating_sub(duration(clock_gettime(ClockId::Monotonic)));
    // Two readings cannot be made at once; what lies between them is no suspend.
    if suspended < Duration::from_millis(1) { Duration::ZERO } else { suspended }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn since_boot() -> Duration {
    duration(rustix::time::clock_gettime(rustix::time::ClockId::Boottime))
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn duration(time: rustix::time::Timespec) -> Duration {
    // Neither clock is ever negative, and nanoseconds are less than a second.
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// Other systems do not tell: there a task's grid stands still while the machine is suspended.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) fn suspended() -> Duration {
    Duration::ZERO
}

/// The machine's time from some moment on, suspends included where the system tells of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Elapsing {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    from: Duration,
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    from: std::time::Instant,
}

#[cfg(any(target_os = "linux", target_os = "android"))]
impl Elapsing {
    pub(super) fn from_now() -> Self {
        Self { from: since_boot() }
    }

    pub(super) fn elapsed(self) -> Duration {
        since_boot().saturating_sub(self.from)
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
impl Elapsing {
    pub(super) fn from_now() -> Self {
        Self { from: std::time::Instant::now() }
    }

    pub(super) fn elapsed(self) -> Duration {
        self.from.elapsed()
    }
}
