use std::time::Duration;

use periodic_core::time::Timestamp;

/// The expiry of a key that never expires.
pub(super) const NEVER: i32 = 0;

/// The most seconds that memcached counts from now on. A larger number is a date, in seconds since 1970.
const MOST: u64 = 30 * 24 * 60 * 60;

/// Returns the expiry of a key with the lifetime `length`.
pub(super) fn expiry(length: Duration, now: Timestamp) -> i32 {
    // One second more than its whole seconds, because the first of them has begun.
    let seconds = length.as_secs().saturating_add(1 + u64::from(length.subsec_nanos() > 0));
    let told = if seconds <= MOST {
        seconds
    } else {
        let since_1970 = u64::try_from(now.as_nanos() / 1_000_000_000).unwrap_or_default();
        since_1970.saturating_add(seconds)
    };
    // A date beyond its range never comes.
    i32::try_from(told).unwrap_or(NEVER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_up_to_thirty_days_and_dates_beyond() {
        let now = Timestamp::from_nanos(1_700_000_000_900_000_000);
        let days = |days: u64| Duration::from_secs(days * 24 * 60 * 60);
        for (length, told) in [
            (Duration::ZERO, 1),
            (Duration::from_millis(1), 2),
            (Duration::from_secs(60), 61),
            (Duration::from_millis(60_500), 62),
            (Duration::from_secs(2_591_999), 2_592_000),
            (days(30), 1_702_592_001),
            (days(365), 1_731_536_001),
            (days(365_000), NEVER),
            (Duration::MAX, NEVER),
        ] {
            assert_eq!(expiry(length, now), told, "{length:?}");
        }
    }
}
