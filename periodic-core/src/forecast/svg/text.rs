use core::fmt::{self, Write};
use std::borrow::Cow;

/// The most letters of a title that are drawn.
pub(super) const TITLE: usize = 90;

/// The most letters of a task's name that are drawn.
pub(super) const GUTTER: usize = 44;

/// A text in XML, also inside an attribute. Characters that XML cannot hold are replaced.
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '&' => f.write_str("&amp;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\n' | '\t' => f.write_char(letter)?,
                '\u{FFFE}' | '\u{FFFF}' => f.write_str("\u{FFFD}")?,
                control if control.is_control() => f.write_str("\u{FFFD}")?,
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

/// Returns a text of at most `letters` letters. The cut lies in its middle, because names differ at their ends.
pub(super) fn clipped(text: &str, letters: usize) -> Cow<'_, str> {
    let count = text.chars().count();
    if count <= letters {
        return text.into();
    }
    let tail = letters * 2 / 3;
    let head: String = text.chars().take(letters - tail - 1).collect();
    let tail: String = text.chars().skip(count - tail).collect();
    format!("{head}…{tail}").into()
}

/// Writes a line.
pub(super) fn line(out: &mut String, class: &str, (x, y): (i64, i64), what: &str) {
    let _ = writeln!(out, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", Escaped(what));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_data() {
        let text = Escaped("<a href=\"x\">&'\u{0}\u{1b}\u{FFFF}é").to_string();
        assert_eq!(text, "&lt;a href=&quot;x&quot;&gt;&amp;&#39;\u{FFFD}\u{FFFD}\u{FFFD}é");
    }

    #[test]
    fn long_names_keep_their_ends() {
        assert_eq!(clipped("driver.poll", 11), "driver.poll");
        assert_eq!(clipped("drivers.ipmi.read_sensors", 12), "dri…_sensors");
        assert_eq!(clipped("äöüäöüäöüäöü", 6).chars().count(), 6);
    }
}
