/// The units and their lengths in nanoseconds, from long to short: the order of the parts of a text.
pub(crate) const UNITS: [(&str, i64); 9] = [
    ("w", 604_800_000_000_000),
    ("d", 86_400_000_000_000),
    ("h", 3_600_000_000_000),
    ("m", 60_000_000_000),
    ("s", SECOND),
    ("ms", 1_000_000),
    ("us", 1_000),
    ("µs", 1_000),
    ("ns", 1),
];

/// The unit of a number without one.
pub(crate) const SECOND: i64 = 1_000_000_000;

/// Other spellings; each means the unit beside it.
const ALIASES: [(&str, &str); 16] = [
    ("min", "m"),
    ("mins", "m"),
    ("minute", "m"),
    ("minutes", "m"),
    ("sec", "s"),
    ("secs", "s"),
    ("second", "s"),
    ("seconds", "s"),
    ("hr", "h"),
    ("hour", "h"),
    ("hours", "h"),
    ("day", "d"),
    ("days", "d"),
    ("week", "w"),
    ("weeks", "w"),
    ("msec", "ms"),
];

/// Returns the length in nanoseconds of the unit that `text[start..end]` names.
pub(crate) const fn length(text: &[u8], start: usize, end: usize) -> Option<i64> {
    let mut index = 0;
    while index < UNITS.len() {
        if same(text, start, end, UNITS[index].0.as_bytes()) {
            return Some(UNITS[index].1);
        }
        index += 1;
    }
    let mut index = 0;
    while index < ALIASES.len() {
        if same(text, start, end, ALIASES[index].0.as_bytes()) {
            let unit = ALIASES[index].1.as_bytes();
            return length(unit, 0, unit.len());
        }
        index += 1;
    }
    None
}

const fn same(text: &[u8], start: usize, end: usize, unit: &[u8]) -> bool {
    if end - start != unit.len() {
        return false;
    }
    let mut index = 0;
    while index < unit.len() {
        if text[start + index] != unit[index] {
            return false;
        }
        index += 1;
    }
    true
}
