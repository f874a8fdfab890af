//! The time between the attempts at a slot.

use core::time::Duration;

use super::RetrySpec;
use crate::time::nanos;

impl RetrySpec {
    /// Returns the back-off after `attempt`, counted from 1, without jitter; at most 292 years.
    pub fn back_off(&self, attempt: u32) -> Duration {
        let (first, ceiling) = (nanos(self.first), nanos(self.ceiling));
        let doubled = i128::from(first) << attempt.saturating_sub(1).min(63);
        let delay = i64::try_from(doubled).unwrap_or(i64::MAX).min(ceiling);
        Duration::from_nanos(delay.unsigned_abs())
    }

    /// Returns the back-off after `attempt`; `draw` selects one of all possible ones.
    pub(crate) fn drawn(&self, attempt: u32, draw: u64) -> Duration {
        let longest = self.back_off(attempt);
        if !self.jitter {
            return longest;
        }
        let range = nanos(longest / 2).unsigned_abs() + 1;
        // Multiply and shift, as for the jitter of a slot; the scaled value is less than the range.
        let less = u64::try_from((u128::from(draw) * u128::from(range)) >> 64).unwrap_or(0);
        longest.saturating_sub(Duration::from_nanos(less))
    }
}

#[cfg(test)]
mod tests {
    use core::num::NonZeroU32;

    use super::*;

    const FIVE: NonZeroU32 = NonZeroU32::new(5).unwrap();

    fn spec(first: u64, ceiling: u64) -> RetrySpec {
        RetrySpec::new(FIVE).doubling(Duration::from_millis(first)).ceiling(Duration::from_millis(ceiling))
    }

    #[test]
    fn doubles_up_to_the_ceiling_and_never_overflows() {
        let delays: Vec<_> = (1..6).map(|attempt| spec(300, 2_000).back_off(attempt).as_millis()).collect();
        assert_eq!(delays, [300, 600, 1_200, 2_000, 2_000]);
        assert_eq!(spec(300, 100).back_off(1), Duration::from_millis(100));
        assert_eq!(spec(1, u64::MAX).back_off(u32::MAX), Duration::from_nanos(i64::MAX.unsigned_abs()));
        assert_eq!(spec(0, 100).back_off(u32::MAX), Duration::ZERO);
    }

    #[test]
    fn a_draw_lies_in_the_upper_half() {
        let spec = spec(1_000, 1_000).jitter();
        assert_eq!(spec.drawn(1, 0), Duration::from_secs(1));
        assert_eq!(spec.drawn(1, u64::MAX), Duration::from_millis(500));
        assert_eq!(spec.drawn(1, 1 << 63), Duration::from_millis(750));
        assert_eq!(self::spec(1_000, 1_000).drawn(1, u64::MAX), Duration::from_secs(1));
    }
}
