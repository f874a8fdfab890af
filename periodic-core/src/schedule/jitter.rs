use crate::task::{Jitter, Spacing};
use crate::time::nanos;

/// How far behind its slot each run of one task is moved: the same for the same task, node and slot, in every
/// process and release, so that a fleet stays spread when it restarts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spread {
    seed: u64,
    /// One past the longest delay, in nanoseconds; never more than the spacing, so a run stays before the next slot.
    range: u64,
}

impl Spread {
    pub(crate) fn new(jitter: Jitter, spacing: Spacing, seed: u64) -> Self {
        let spacing = spacing.as_nanos();
        let most = match jitter {
            Jitter::None => 0,
            Jitter::Share(share) => {
                let most = i128::from(spacing) * i128::from(share) / 1_000_000;
                i64::try_from(most).unwrap_or(i64::MAX)
            }
            Jitter::UpTo(most) => nanos(most),
        };
        Self { seed, range: most.saturating_add(1).min(spacing).unsigned_abs() }
    }

    /// The delay of the run for the slot at `slot`.
    pub(crate) fn delay(&self, slot: i64) -> i64 {
        if self.range <= 1 {
            return 0;
        }
        let hash = mix(self.seed ^ slot.cast_unsigned());
        // Multiply and shift: `hash` scaled to the range, without the bias of a remainder.
        let scaled = (u128::from(hash) * u128::from(self.range)) >> 64;
        i64::try_from(scaled).unwrap_or(0)
    }

    /// What tells one task on one node from all others (FNV-1a, with a mark between both parts).
    pub(crate) fn seed(task: &str, node: &str) -> u64 {
        let bytes = task.bytes().chain([0xFF]).chain(node.bytes());
        bytes
            .fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
    }
}

/// The finisher of `SplitMix64`: each input bit moves about half of the output's.
pub(crate) const fn mix(mut value: u64) -> u64 {
    value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use super::*;

    const HUNDRED: i64 = 100_000_000_000;

    fn spread(jitter: Jitter) -> Spread {
        Spread::new(jitter, Spacing::from_nanos(HUNDRED).unwrap(), Spread::seed("Manager.task", "node-1"))
    }

    #[test]
    fn stays_within_its_share_and_fills_it() {
        let spread = spread(Jitter::Share(50_000));
        let delays: Vec<i64> = (0..1_000).map(|slot| spread.delay(slot * HUNDRED)).collect();
        assert!(delays.iter().all(|delay| (0..=HUNDRED / 20).contains(delay)));
        assert!(delays.iter().any(|delay| *delay < HUNDRED / 200));
        assert!(delays.iter().any(|delay| *delay > HUNDRED / 22));
        let mean = delays.iter().sum::<i64>() / 1_000;
        assert!((mean - HUNDRED / 40).abs() < HUNDRED / 400, "{mean}");
    }

    #[test]
    fn never_reaches_the_next_slot() {
        let spread = spread(Jitter::UpTo(Duration::from_secs(1_000_000)));
        assert!((0..1_000).all(|slot| spread.delay(slot) < HUNDRED));
    }

    #[test]
    fn is_the_same_in_every_release() {
        assert_eq!(spread(Jitter::Share(50_000)).delay(HUNDRED), 726_318_878);
        assert_eq!(spread(Jitter::None).delay(HUNDRED), 0);
    }

    #[test]
    fn differs_between_tasks_and_nodes() {
        let seeds =
            [("a", "b"), ("ab", ""), ("", "ab"), ("a", "c")].map(|(task, node)| Spread::seed(task, node));
        for (index, seed) in seeds.iter().enumerate() {
            assert!(!seeds[..index].contains(seed));
        }
    }
}
