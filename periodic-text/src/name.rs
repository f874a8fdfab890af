//! What a name may be: of a task, a manager, a member of a fleet.

use core::fmt;

use crate::escaped::{escaped, turns_text};

/// The bytes that a name may have.
pub const LONGEST: usize = 255;

/// Why a text is no name. Printed, it says what a name may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NameProblem {
    /// It has no letter.
    Empty,
    /// It has more than [`LONGEST`] bytes.
    TooLong {
        /// The bytes that it has.
        bytes: usize,
    },
    /// It contains white space, or a letter that looks like it.
    WhiteSpace,
    /// It contains this control character.
    Control(char),
    /// It contains this character, which changes the direction in which text is read.
    Direction(char),
    /// It contains `*`.
    Star,
}

/// What keeps `text` from being a name. A name has 1 to 255 bytes, and no white space, no control character, none that
/// changes the direction of text, and no `*`.
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

/// What keeps `text` from being a name in which `*` may stand for any text.
pub fn problem_of_pattern(text: &str) -> Option<NameProblem> {
    if text.is_empty() {
        return Some(NameProblem::Empty);
    }
    if text.len() > LONGEST {
        return Some(NameProblem::TooLong { bytes: text.len() });
    }
    text.chars().find_map(|letter| match letter {
        // These have no width: two names would look alike.
        '\u{200b}' | '\u{2060}' | '\u{feff}' => Some(NameProblem::WhiteSpace),
        letter if letter.is_whitespace() => Some(NameProblem::WhiteSpace),
        letter if letter.is_control() => Some(NameProblem::Control(letter)),
        letter if turns_text(letter) => Some(NameProblem::Direction(letter)),
        _ => None,
    })
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
        for name in ["a", "nova-compute", "M.drivers.a:b@c/d", "Dienst-Ö", "表", &"x".repeat(255)] {
            assert_eq!(problem(name), None, "{name}");
        }
        for (text, found) in [
            ("", NameProblem::Empty),
            (&*"x".repeat(256), NameProblem::TooLong { bytes: 256 }),
            (&*"ö".repeat(128), NameProblem::TooLong { bytes: 256 }),
            ("a b", NameProblem::WhiteSpace),
            ("a\u{a0}b", NameProblem::WhiteSpace),
            ("a\u{2028}b", NameProblem::WhiteSpace),
            ("a\u{200b}b", NameProblem::WhiteSpace),
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
}
