use std::fmt::Write as _;

/// How many characters of a foreign text are shown.
const SHOWN: usize = 80;

/// A text of unknown origin as an error or a log line may show it: escaped, and cut after 80 characters.
pub(crate) fn escaped(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).flat_map(char::escape_debug).collect();
    if text.chars().nth(SHOWN).is_some() {
        // A string takes whatever is written to it.
        let _ = write!(shown, "… ({} bytes)", text.len());
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_texts_are_escaped_and_cut() {
        assert_eq!(escaped("nova-compute"), "nova-compute");
        assert_eq!(escaped("a\n\u{1b}[2J\u{202e}"), "a\\n\\u{1b}[2J\\u{202e}");
        assert_eq!(escaped(&"x".repeat(80)), "x".repeat(80));
        assert_eq!(escaped(&"x".repeat(1 << 20)), format!("{}… (1048576 bytes)", "x".repeat(80)));
    }
}
