use crate::field::Field;

/// An `H` in a field: one value of a range, or every `step`-th value, beginning within the first step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hash {
    pub(crate) low: u8,
    pub(crate) high: u8,
    /// 0 if there is none.
    pub(crate) step: u8,
}

impl Hash {
    pub(crate) const NONE: Self = Self { low: 0, high: 0, step: 0 };

    /// Returns the bits for `draw`; each `shift` gives the next possibility, and so all of them in turn.
    pub(crate) const fn bits(self, field: Field, draw: u64, shift: u8) -> u64 {
        let choices = if self.step == 0 { self.high - self.low + 1 } else { self.step } as u64;
        // Less than `choices`, which is a byte.
        #[allow(clippy::cast_possible_truncation)]
        let first = self.low + ((draw % choices + shift as u64) % choices) as u8;
        if self.step == 0 { field.bit(first) } else { every(field, first, self.high, self.step) }
    }

    /// Whether its range is that of an `H` without a range.
    pub(crate) const fn covers(self, field: Field) -> bool {
        self.low == field.low() && self.high == field.high_drawn()
    }

    /// Returns the bits of all values that may be drawn.
    pub(crate) const fn widest(self, field: Field) -> u64 {
        every(field, self.low, self.high, 1)
    }
}

/// Returns the bits of `low`, `low + step` and so on up to `high`.
pub(crate) const fn every(field: Field, low: u8, high: u8, step: u8) -> u64 {
    let mut bits = 0;
    let mut value = low;
    while value <= high {
        bits |= field.bit(value);
        value += step;
    }
    bits
}

/// Returns a draw from `seed`, another for each `place`.
///
/// This is the function of `SplitMix64`. Another one would move the runs of every user of `H`.
pub(crate) const fn draw(seed: u64, place: u64) -> u64 {
    let mut word = seed.wrapping_add((place + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}
