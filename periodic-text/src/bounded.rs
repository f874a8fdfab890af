use alloc::string::String;
use core::fmt::{self, Write as _};

/// The longest text of a task's error, of a panic's message or of a note, where it is kept or logged: 8 KiB.
pub const LONGEST_TEXT: usize = 8 << 10;

/// The limit of the bytes counted behind a cut. Printing ends there, because some texts have no end.
const COUNTED: usize = 256 << 20;

/// Returns the printed `text`, cut after `most` bytes. The end states the number of bytes left out, counted up to 256
/// MiB.
///
/// Stores at most that, for a text of any length. An error while printing ends the text.
///
/// # Examples
/// ```
/// let text = periodic_text::bounded(10, format_args!("{:>50000}", 7));
/// assert_eq!(text, "          … (49990 bytes more)");
/// ```
pub fn bounded(most: usize, text: fmt::Arguments<'_>) -> String {
    let mut bounded = Bounded { kept: String::new(), most, left_out: 0 };
    // A `Display` that fails has printed all that it could.
    let _ = bounded.write_fmt(text);
    let Bounded { mut kept, left_out, .. } = bounded;
    if left_out > 0 {
        let over = if left_out > COUNTED { "more than " } else { "" };
        // Writing to a `String` cannot fail.
        let _ = write!(kept, "… ({over}{} bytes more)", left_out.min(COUNTED));
    }
    kept
}

struct Bounded {
    kept: String,
    most: usize,
    left_out: usize,
}

impl fmt::Write for Bounded {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = if self.left_out > 0 { 0 } else { self.most - self.kept.len() };
        let end = text.floor_char_boundary(room);
        self.kept.push_str(&text[..end]);
        self.left_out = self.left_out.saturating_add(text.len() - end);
        if self.left_out > COUNTED { Err(fmt::Error) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_letters_and_says_by_how_much() {
        assert_eq!(bounded(4, format_args!("poll")), "poll");
        assert_eq!(bounded(4, format_args!("po{}", "lling")), "poll… (3 bytes more)");
        assert_eq!(bounded(4, format_args!("abcö")), "abc… (2 bytes more)");
        // The letter after the cut is left out, although it would fit.
        assert_eq!(bounded(4, format_args!("abcö{}", "d")), "abc… (3 bytes more)");
    }

    #[test]
    fn no_more_is_kept_than_is_shown() {
        let text = bounded(LONGEST_TEXT, format_args!("{}", "x".repeat(1 << 20)));
        assert!(text.capacity() < 3 * LONGEST_TEXT, "{}", text.capacity());
        assert!(text.ends_with("xx… (1040384 bytes more)"));
    }

    /// Without a bound this never returns.
    #[test]
    fn a_display_without_end_is_ended() {
        struct Endless;
        impl fmt::Display for Endless {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let part = "and on ".repeat(1 << 16);
                loop {
                    f.write_str(&part)?;
                }
            }
        }
        let text = bounded(7, format_args!("{Endless}"));
        assert_eq!(text, "and on … (more than 268435456 bytes more)");
    }

    #[test]
    fn a_display_that_fails_ends_the_text() {
        struct Broken;
        impl fmt::Display for Broken {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("so far")?;
                Err(fmt::Error)
            }
        }
        assert_eq!(bounded(99, format_args!("{Broken} and on")), "so far");
    }
}
