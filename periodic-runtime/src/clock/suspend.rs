use std::time::Duration;

/// How long the machine has been suspended since it booted.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn suspended() -> Duration {
    use rustix::time::{ClockId, Timespec, clock_gettime};

    let (boot, monotonic) = (clock_gettime(ClockId::Boottime), clock_gettime(ClockId::Monotonic));
    let nanos = |time: Timespec| i128::from(time.tv_sec) * 1_000_000_000 + i128::from(time.tv_nsec);
    let suspended = nanos(boot) - nanos(monotonic);
    // Two readings cannot be made at once; what lies between them is no suspend.
    let suspended = if suspended < 1_000_000 { 0 } else { suspended };
    Duration::from_nanos(u64::try_from(suspended).unwrap_or(u64::MAX))
}

/// Other systems do not tell: there a task's grid stands still while the machine is suspended.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) fn suspended() -> Duration {
    Duration::ZERO
}
