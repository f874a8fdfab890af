use std::hash::{BuildHasher, RandomState};

/// Random numbers by `SplitMix64`, unfit for secrets.
#[derive(Debug)]
pub(crate) struct Random(u64);

impl Random {
    /// Creates a generator with a random seed, from the seed of the standard library's hash maps.
    pub(crate) fn new() -> Self {
        Self(RandomState::new().hash_one(()))
    }

    pub(crate) fn with_seed(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        value ^ (value >> 31)
    }

    /// Returns a number from zero to `most`. Some numbers are likelier by one in 2^64 / `most`.
    pub(crate) fn up_to(&mut self, most: u64) -> u64 {
        let share = u128::from(self.next()) * (u128::from(most) + 1);
        (share >> 64) as u64
    }

    /// Returns a number of at least zero, and less than one.
    pub(crate) fn fraction(&mut self) -> f64 {
        f64::from((self.next() >> 32) as u32) / (f64::from(u32::MAX) + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_split_mix() {
        // The first two of the seed 1234567, as published by its authors.
        let mut random = Random::with_seed(1_234_567);
        assert_eq!([random.next(), random.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }

    #[test]
    fn ranges_are_kept_and_come_to_both_ends() {
        let mut random = Random::new();
        let drawn: Vec<_> = (0..1_000).map(|_| random.up_to(3)).collect();
        assert!((0..=3).all(|number| drawn.contains(&number)) && drawn.iter().all(|number| *number <= 3));
        assert_eq!(random.up_to(0), 0);
        assert!(random.up_to(u64::MAX) != random.up_to(u64::MAX));
        assert!((0..1_000).all(|_| (0.0..1.0).contains(&random.fraction())));
    }
}
