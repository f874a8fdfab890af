use crate::spec::Jitter;
use crate::time::nanos;

/// The delays of one task's runs behind their slots. They are the same for the same task, node and slot, in every
/// process and release, so that a fleet stays spread when it restarts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spread {
    jitter: Jitter,
    seed: u64,
}

impl Spread {
    /// Creates the delays of a task with this seed; `None` if it has no jitter.
    pub(crate) fn of(jitter: Jitter, seed: u64) -> Option<Self> {
        (jitter != Jitter::None).then_some(Self { jitter, seed })
    }

    /// Returns the delay of the run for the slot at `slot`: less than the `distance` to the next slot. `distance` is
    /// called only if it is needed.
    #[inline(never)]
    pub(crate) fn delay(&self, slot: i64, distance: impl FnOnce() -> i64) -> i64 {
        let (most, distance) = match self.jitter {
            Jitter::None => return 0,
            Jitter::Share(share) => {
                let distance = distance();
                (part(distance, share), distance)
            }
            Jitter::UpTo(most) => (nanos(most), distance()),
        };
        // One more than the longest delay.
        let range = most.saturating_add(1).min(distance).unsigned_abs();
        if range <= 1 {
            return 0;
        }
        let hash = mix(self.seed ^ slot.cast_unsigned());
        // Multiply and shift: `hash` scaled to the range, without the bias of a remainder.
        let scaled = (u128::from(hash) * u128::from(range)) >> 64;
        i64::try_from(scaled).unwrap_or(0)
    }

    /// Returns 64 bits that are the same for the same seed, slot and attempt.
    pub(crate) fn draw(seed: u64, slot: i64, attempt: u32) -> u64 {
        mix(mix(seed ^ slot.cast_unsigned()) ^ u64::from(attempt))
    }

    /// Returns the seed of one task on one node (FNV-1a, with a mark between both names).
    pub(crate) fn seed(task: &str, node: &str) -> u64 {
        let mut hash = 0xCBF2_9CE4_8422_2325;
        for bytes in [task.as_bytes(), &[0xFF], node.as_bytes()] {
            for byte in bytes {
                hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
            }
        }
        hash
    }
}

/// Returns `share` millionths of a length.
fn part(length: i64, share: u32) -> i64 {
    let whole = (length / 1_000_000).saturating_mul(share.into());
    whole.saturating_add(length % 1_000_000 * i64::from(share) / 1_000_000)
}

/// Mixes `value` with the finisher of `SplitMix64`: each input bit changes about half of the output's.
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

    fn delay(jitter: Jitter, slot: i64) -> i64 {
        let spread = Spread::of(jitter, Spread::seed("Manager.task", "node-1"));
        spread.map_or(0, |spread| spread.delay(slot, || HUNDRED))
    }

    #[test]
    fn stays_within_its_share_and_fills_it() {
        let delays: Vec<i64> = (0..1_000).map(|slot| delay(Jitter::Share(50_000), slot * HUNDRED)).collect();
        assert!(delays.iter().all(|delay| (0..=HUNDRED / 20).contains(delay)));
        assert!(delays.iter().any(|delay| *delay < HUNDRED / 200));
        assert!(delays.iter().any(|delay| *delay > HUNDRED / 22));
        let mean = delays.iter().sum::<i64>() / 1_000;
        assert!((mean - HUNDRED / 40).abs() < HUNDRED / 400, "{mean}");
    }

    #[test]
    fn never_reaches_the_next_slot() {
        let most = Jitter::UpTo(Duration::from_secs(1_000_000));
        assert!((0..1_000).all(|slot| delay(most, slot) < HUNDRED));
    }

    #[test]
    fn is_the_same_in_every_release() {
        assert_eq!(delay(Jitter::Share(50_000), HUNDRED), 726_318_878);
        assert_eq!(delay(Jitter::None, HUNDRED), 0);
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
