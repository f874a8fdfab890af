//! Keys and texts as TOML writes them.

use std::fmt::Write as _;

/// Returns a key, in quotes if it needs them.
pub(super) fn key(name: &str) -> String {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !name.is_empty() && name.bytes().all(is_bare) { name.to_owned() } else { text(name) }
}

/// Returns a text in quotes.
pub(super) fn text(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            // Writing to a `String` cannot fail.
            // A character that is harmful on a terminal has at most four digits.
            harm if !periodic_text::is_harmless(harm) => _ = write!(quoted, "\\u{:04X}", u32::from(harm)),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_needs_quotes_has_them() {
        assert_eq!(key("sync_power-states2"), "sync_power-states2");
        assert_eq!(key("M.poll"), "\"M.poll\"");
        assert_eq!(key(""), "\"\"");
        assert_eq!(key("a\"b\\c\td\u{7f}"), r#""a\"b\\c\u0009d\u007F""#);
    }
}
