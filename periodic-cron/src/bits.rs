//! Sets of small numbers; they can be asked for any number.

pub(crate) fn has(bits: u64, value: i8) -> bool {
    u32::try_from(value).is_ok_and(|value| value < u64::BITS && bits >> value & 1 == 1)
}

/// Returns the members less than `value`.
pub(crate) fn below(bits: u64, value: i8) -> u64 {
    match u32::try_from(value) {
        Err(_) => 0,
        Ok(value) if value >= u64::BITS => bits,
        Ok(value) => bits & !(u64::MAX << value),
    }
}

/// Returns the members greater than `value`.
pub(crate) fn above(bits: u64, value: i8) -> u64 {
    bits & !below(bits, value.saturating_add(1))
}

pub(crate) fn first(bits: u64) -> Option<i8> {
    (bits != 0).then(|| number(bits.trailing_zeros()))
}

pub(crate) fn last(bits: u64) -> Option<i8> {
    (bits != 0).then(|| number(u64::BITS - 1 - bits.leading_zeros()))
}

/// Returns the number of members.
pub(crate) fn count(bits: u64) -> u64 {
    u64::from(bits.count_ones())
}

fn number(bit: u32) -> i8 {
    // The index of a bit is less than 64.
    #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap)]
    return bit as i8;
}
