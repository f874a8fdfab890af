use alloc::string::String;
use core::fmt;

/// Returns `text` in a form that is safe to print on a terminal: on one line, in its own direction, without control
/// characters.
///
/// Each control character is printed as Rust writes it: `\n`, `\u{1b}`. The result respects a width, as texts do.
///
/// # Examples
/// ```
/// let forged = periodic_text::escaped("node-1\nnode-2 is \u{1b}[32mup");
/// assert_eq!(forged.to_string(), r"node-1\nnode-2 is \u{1b}[32mup");
/// assert_eq!(format!("{:6}|", periodic_text::escaped("a\t")), r"a\t   |");
/// ```
pub const fn escaped(text: &str) -> Escaped<'_> {
    Escaped(text)
}

/// See [`escaped`].
#[derive(Clone, Copy, Debug)]
pub struct Escaped<'t>(&'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(text) = *self;
        if text.chars().all(is_harmless) {
            return f.pad(text);
        }
        if f.width().is_none() && f.precision().is_none() {
            return write_escaped(text, f);
        }
        let mut whole = String::with_capacity(text.len() + 16);
        write_escaped(text, &mut whole)?;
        f.pad(&whole)
    }
}

fn write_escaped(mut text: &str, to: &mut dyn fmt::Write) -> fmt::Result {
    while let Some(at) = text.find(|letter| !is_harmless(letter)) {
        to.write_str(&text[..at])?;
        let mut letters = text[at..].chars();
        match letters.next() {
            Some('\0') => to.write_str("\\0")?,
            Some(letter) => letter.escape_default().try_for_each(|letter| to.write_char(letter))?,
            None => {}
        }
        text = letters.as_str();
    }
    to.write_str(text)
}

/// Whether [`escaped`] prints a letter unchanged: it is no control character, ends no line, and changes no direction.
pub fn is_harmless(letter: char) -> bool {
    !letter.is_control() && !matches!(letter, '\u{2028}' | '\u{2029}') && !turns_text(letter)
}

/// Whether a letter changes the direction in which the text around it is read.
pub(crate) const fn turns_text(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn what_does_harm_is_spelled_out() {
        for (text, shown) in [
            ("", ""),
            ("poll", "poll"),
            ("Grüße, 世界 \"quoted\" `\\`", "Grüße, 世界 \"quoted\" `\\`"),
            ("a\nb\r\n", r"a\nb\r\n"),
            ("\u{1b}]0;forged\u{7}", r"\u{1b}]0;forged\u{7}"),
            ("\u{9b}31m", r"\u{9b}31m"),
            ("abc\u{202e}fed", r"abc\u{202e}fed"),
            ("a\u{2028}b", r"a\u{2028}b"),
        ] {
            assert_eq!(escaped(text).to_string(), shown);
        }
        assert_eq!(format!("{:>8}", escaped("poll")), "    poll");
        assert_eq!(format!("{:<8}|", escaped("\n")), "\\n      |");
    }
}
