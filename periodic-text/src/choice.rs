//! Words of which a few have a meaning: `skip`, `queue`, `allow(n)`.

use alloc::format;
use alloc::string::String;
use core::fmt;

use crate::{nearest, quoted};

/// Prints `` `a`, `b` or `c` ``.
#[derive(Clone, Copy, Debug)]
pub struct OneOf<'a>(pub &'a [&'a str]);

impl fmt::Display for OneOf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, word) in self.0.iter().enumerate() {
            match index {
                0 => {}
                last if last + 1 == self.0.len() => f.write_str(" or ")?,
                _ => f.write_str(", ")?,
            }
            write!(f, "`{word}`")?;
        }
        Ok(())
    }
}

/// The message for a word that is none of the choices, in attributes, settings and code alike. A choice may have a
/// bracket, as `allow(n)`.
///
/// # Examples
/// ```
/// let said = periodic_text::no_choice("alow", &["skip", "allow(n)"]);
/// assert_eq!(said, "`alow` is not one of the choices; did you mean `allow(n)`?");
/// ```
pub fn no_choice(word: &str, choices: &[&str]) -> String {
    let near = nearest(before_bracket(word), choices.iter().copied(), |choice| [before_bracket(choice)]);
    let word = quoted(word);
    match near {
        Some(near) => format!("`{word}` is not one of the choices; did you mean `{near}`?"),
        None => format!("`{word}` is not one of the choices; expected {}", OneOf(choices)),
    }
}

/// The message for a choice without its number in parentheses.
pub fn no_number(word: &str) -> String {
    format!("`{word}` needs a number: write `{word}(3)`")
}

fn before_bracket(choice: &str) -> &str {
    choice.split('(').next().unwrap_or(choice).trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_is_near_or_else_all() {
        let said = |word| no_choice(word, &["skip", "queue", "allow(n)"]);
        assert_eq!(said("skp"), "`skp` is not one of the choices; did you mean `skip`?");
        assert_eq!(said("alow(3)"), "`alow(3)` is not one of the choices; did you mean `allow(n)`?");
        assert_eq!(said("no"), "`no` is not one of the choices; expected `skip`, `queue` or `allow(n)`");
        assert!(said(&"x".repeat(1_000_000)).len() < 1_000, "it is bounded");
    }

    #[test]
    fn lists_choices() {
        assert_eq!(alloc::format!("{} {}", OneOf(&["a"]), OneOf(&["a", "b", "c"])), "`a` `a`, `b` or `c`");
    }
}
