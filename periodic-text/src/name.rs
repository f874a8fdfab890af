//! The rule for names of tasks, managers and members of a fleet.

use core::fmt;

use crate::escaped::{escaped, turns_text};

/// The longest name, in bytes.
pub const LONGEST: usize = 255;

/// The reason why a text is no name. Its `Display` states the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NameProblem {
    /// The text is empty.
    Empty,
    /// The text has more than [`LONGEST`] bytes.
    TooLong {
        /// The length of the text, in bytes.
        bytes: usize,
    },
    /// The text contains white space.
    WhiteSpace,
    /// The text contains this character, which shows nothing.
    Invisible(char),
    /// The text contains this control character.
    Control(char),
    /// The text contains this character, which changes the direction in which text is read.
    Direction(char),
    /// The text contains `*`.
    Star,
}

/// Returns the mistake that keeps `text` from being a name.
///
/// A name has 1 to 255 bytes. It has no white space, no control character, no `*`, and no character that shows nothing
/// or changes the direction of text.
///
/// # Examples
/// ```
/// use periodic_text::name::{NameProblem, problem};
///
/// assert_eq!(problem("ComputeManager.drivers.ipmi-2.poll"), None);
/// assert_eq!(problem("poll*"), Some(NameProblem::Star));
/// assert_eq!(problem("node 1"), Some(NameProblem::WhiteSpace));
/// ```
pub fn problem(text: &str) -> Option<NameProblem> {
    problem_of_pattern(text).or_else(|| text.contains('*').then_some(NameProblem::Star))
}

/// Returns the mistake that keeps `text` from being a pattern: a name in which `*` may stand for any text.
pub fn problem_of_pattern(text: &str) -> Option<NameProblem> {
    if text.is_empty() {
        return Some(NameProblem::Empty);
    }
    if text.len() > LONGEST {
        return Some(NameProblem::TooLong { bytes: text.len() });
    }
    text.chars().find_map(|letter| match letter {
        letter if letter.is_whitespace() => Some(NameProblem::WhiteSpace),
        letter if letter.is_control() => Some(NameProblem::Control(letter)),
        letter if turns_text(letter) => Some(NameProblem::Direction(letter)),
        // With it, two names could look alike.
        letter if shows_nothing(letter) => Some(NameProblem::Invisible(letter)),
        _ => None,
    })
}

/// Whether Unicode lets a character be ignored, or it is a blank that is no white space. Joiners and variation
/// selectors do not count: some scripts and many emoji are written with them.
const fn shows_nothing(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{34f}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

impl fmt::Display for NameProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut buffer = [0; 4];
        match self {
            Self::Empty => f.write_str("a name cannot be empty"),
            Self::TooLong { bytes } => {
                write!(f, "a name has at most {LONGEST} bytes, and this one has {bytes}")
            }
            Self::WhiteSpace => {
                f.write_str("a name cannot contain white space: settings and logs name tasks too")
            }
            Self::Invisible(letter) => {
                write!(f, "a name cannot contain U+{:04X}, which shows nothing", u32::from(*letter))
            }
            Self::Control(letter) => {
                let letter = escaped(letter.encode_utf8(&mut buffer));
                write!(f, "a name cannot contain the control character `{letter}`")
            }
            Self::Direction(letter) => {
                let letter = escaped(letter.encode_utf8(&mut buffer));
                write!(f, "a name cannot contain `{letter}`, which changes the direction of text")
            }
            Self::Star => f.write_str("a name cannot contain `*`, which stands for any text in settings"),
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn the_rule() {
        for name in
            ["a", "nova-compute", "M.drivers.a:b@c/d", "Dienst-Ö", "表", "⚙\u{fe0f}", &"x".repeat(255)]
        {
            assert_eq!(problem(name), None, "{name}");
        }
        for (text, found) in [
            ("", NameProblem::Empty),
            (&*"x".repeat(256), NameProblem::TooLong { bytes: 256 }),
            (&*"ö".repeat(128), NameProblem::TooLong { bytes: 256 }),
            ("a b", NameProblem::WhiteSpace),
            ("a\u{a0}b", NameProblem::WhiteSpace),
            ("a\u{2028}b", NameProblem::WhiteSpace),
            ("a\u{200b}b", NameProblem::Invisible('\u{200b}')),
            ("a\u{ad}b", NameProblem::Invisible('\u{ad}')),
            ("\u{3164}", NameProblem::Invisible('\u{3164}')),
            ("a\u{e0041}", NameProblem::Invisible('\u{e0041}')),
            ("a\n", NameProblem::WhiteSpace),
            ("a\0", NameProblem::Control('\0')),
            ("\u{1b}[2J", NameProblem::Control('\u{1b}')),
            ("a\u{9b}", NameProblem::Control('\u{9b}')),
            ("a\u{202e}b", NameProblem::Direction('\u{202e}')),
            ("a\u{2066}b", NameProblem::Direction('\u{2066}')),
            ("poll*", NameProblem::Star),
        ] {
            assert_eq!(problem(text), Some(found), "{text:?}");
        }
        assert_eq!(problem_of_pattern("M.*"), None);
        assert_eq!(problem_of_pattern("*\u{7f}"), Some(NameProblem::Control('\u{7f}')));
    }

    #[test]
    fn what_is_said_of_a_letter_shows_it_harmlessly() {
        let text = NameProblem::Control('\u{1b}').to_string();
        assert_eq!(text, r"a name cannot contain the control character `\u{1b}`");
    }

    #[test]
    fn no_white_space_of_unicode_and_no_control_character_is_part_of_a_name() {
        let refused = |letter: char| problem(letter.encode_utf8(&mut [0; 4])).is_some();
        for letter in ('\0'..=char::MAX).filter(|letter| letter.is_whitespace() || letter.is_control()) {
            assert!(refused(letter), "U+{:04X}", u32::from(letter));
        }
    }
}
