use crate::field::Field;
use crate::hash::{Hash, draw, every};

/// The values of one field, with each `H` still open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Values {
    field: Field,
    bits: u64,
    hashes: [Hash; Self::MOST_HASHES],
    hash_count: usize,
    /// Whether the field begins with `*` or `?`.
    pub(crate) begins_with_star: bool,
    /// Whether the field begins with an `H` that has a step and no range: `*/4` with a drawn beginning.
    pub(crate) begins_with_stepped_hash: bool,
}

impl Values {
    /// The most `H` in a field. An expression needs a fixed size to stand in a `static`.
    pub(crate) const MOST_HASHES: usize = 4;

    pub(crate) const fn none(field: Field) -> Self {
        Self {
            field,
            bits: 0,
            hashes: [Hash::NONE; Self::MOST_HASHES],
            hash_count: 0,
            begins_with_star: false,
            begins_with_stepped_hash: false,
        }
    }

    pub(crate) const fn add(&mut self, bits: u64) {
        self.bits |= bits;
    }

    /// Adds an `H`; returns `false` if there is no room for it.
    #[must_use]
    pub(crate) const fn add_hash(&mut self, hash: Hash) -> bool {
        if self.hash_count == Self::MOST_HASHES {
            return false;
        }
        self.hashes[self.hash_count] = hash;
        self.hash_count += 1;
        true
    }

    pub(crate) const fn has_hash(&self) -> bool {
        self.hash_count > 0
    }

    pub(crate) const fn resolve(&self, seed: u64, shift: u8) -> u64 {
        let mut bits = self.bits;
        let mut index = 0;
        while index < self.hash_count {
            let place = self.field as u64 * Self::MOST_HASHES as u64 + index as u64;
            bits |= self.hashes[index].bits(self.field, draw(seed, place), shift);
            index += 1;
        }
        bits
    }

    /// Whether the field restricts nothing.
    ///
    /// That holds if it begins with `*`, or stands for `*` with a drawn beginning, or if its resolved `bits` are all
    /// values.
    pub(crate) const fn is_open(&self, bits: u64) -> bool {
        let all = every(self.field, self.field.low(), self.field.high(), 1);
        self.begins_with_star || self.begins_with_stepped_hash || bits == all
    }

    /// Returns all values that some seed gives.
    pub(crate) const fn widest(&self) -> u64 {
        let mut bits = self.bits;
        let mut index = 0;
        while index < self.hash_count {
            bits |= self.hashes[index].widest(self.field);
            index += 1;
        }
        bits
    }
}
