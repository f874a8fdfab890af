/// Reads a whole number as Rust does, for texts of settings that stand for literals: `1_000` and `0x3c` are numbers, `+3`
/// is none.
///
/// # Examples
/// ```
/// assert_eq!(periodic_text::whole("1_000"), Some(1_000));
/// assert_eq!(periodic_text::whole("0x3c"), Some(60));
/// assert_eq!(periodic_text::whole("+3"), None);
/// ```
pub fn whole(text: &str) -> Option<u64> {
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let digits = text.replace('_', "");
    let (radix, digits) = match digits.split_at_checked(2) {
        Some(("0x", digits)) => (16, digits),
        Some(("0o", digits)) => (8, digits),
        Some(("0b", digits)) => (2, digits),
        _ => (10, digits.as_str()),
    };
    // The parser takes a sign.
    if digits.starts_with('+') { None } else { u64::from_str_radix(digits, radix).ok() }
}
