use core::fmt;

use crate::task::TaskName;

/// The most names that are spelled as variables in the search for a mistyped one.
const SPELLED: usize = 8_192;

/// The bytes of the longest pattern: a manager's name and a task's own, spelled with two underscores for each dot.
const LONGEST: usize = 2 * (2 * periodic_text::name::LONGEST + 1);

/// The tasks to which settings apply.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Pattern {
    /// A full name, a name inside the manager, or either with `*` for any text.
    Name(String),
    /// A name in the spelling of environment variables: see [`spelled_as_variable`].
    Variable(String),
}

impl Pattern {
    /// Whether the pattern names this task.
    pub(crate) fn names(&self, name: &TaskName) -> bool {
        match self {
            Self::Name(pattern) => names(pattern, name),
            Self::Variable(variable) => {
                *variable == spelled_as_variable(name.as_str())
                    || *variable == spelled_as_variable(name.task())
            }
        }
    }

    /// Whether the pattern has a `*`, and so may match many tasks.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self, Self::Name(pattern) if pattern.contains('*'))
    }

    /// Whether no name is as long.
    pub(super) fn is_too_long(&self) -> bool {
        let (Self::Name(text) | Self::Variable(text)) = self;
        text.len() > LONGEST
    }

    /// Returns the task that may have been meant, from those that the pattern does not name.
    pub(crate) fn nearest<'a>(&self, mut known: impl Iterator<Item = &'a TaskName>) -> Option<TaskName> {
        match self {
            Self::Name(pattern) => {
                periodic_text::nearest(pattern, known, |name| [name.as_str(), name.task()]).cloned()
            }
            Self::Variable(variable) => {
                let mut spelled = Vec::new();
                for name in known.by_ref().take(SPELLED) {
                    spelled.push((
                        name,
                        spelled_as_variable(name.as_str()),
                        spelled_as_variable(name.task()),
                    ));
                }
                if known.next().is_some() {
                    return None;
                }
                let near = periodic_text::nearest(variable, &spelled, |(_, full, inside)| [full, inside])?;
                Some(near.0.clone())
            }
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Name(text) | Self::Variable(text)) = self;
        periodic_text::quoted(text).fmt(f)
    }
}

/// Returns a task's name as a variable: capitals, two underscores for a dot, and one for any character that a variable
/// cannot have.
pub(crate) fn spelled_as_variable(name: &str) -> String {
    let mut spelled = String::with_capacity(name.len() + 8);
    for letter in name.chars() {
        match letter {
            '.' => spelled.push_str("__"),
            letter if letter.is_ascii_alphanumeric() => spelled.push(letter.to_ascii_uppercase()),
            _ => spelled.push('_'),
        }
    }
    spelled
}

/// Whether a pattern names a task: by its full name, or by its name inside the manager.
pub(crate) fn names(pattern: &str, name: &TaskName) -> bool {
    fits(pattern, name.as_str()) || fits(pattern, name.task())
}

/// Whether `text` is `pattern`, with `*` for any text. The shortest match of each `*` is tried first, and only the last
/// `*` is widened. So the time is at most the product of both lengths.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut text) = text.strip_prefix(head) else {
        return false;
    };
    let mut rest = rest;
    while let Some((middle, after)) = rest.split_once('*') {
        let Some(found) = text.find(middle) else {
            return false;
        };
        text = &text[found + middle.len()..];
        rest = after;
    }
    text.ends_with(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, text, fit) in [
            ("a.b", "a.b", true),
            ("a.b", "a.bc", false),
            ("*", "", true),
            ("a*", "abc", true),
            ("*c", "abc", true),
            ("a*c", "ac", true),
            ("a*c", "abcd", false),
            ("a*b*c", "a1b2b3c", true),
            ("a*b*c", "acb", false),
            ("ab*ba", "aba", false),
            ("**", "x", true),
        ] {
            assert_eq!(fits(pattern, text), fit, "{pattern} {text}");
        }
    }

    #[test]
    fn a_variable_means_the_task_that_is_spelled_so() {
        let name = TaskName::new("ComputeManager", "drivers.ipmi-2._power").unwrap();
        for (variable, meant) in [
            ("COMPUTEMANAGER__DRIVERS__IPMI_2___POWER", true),
            ("DRIVERS__IPMI_2___POWER", true),
            ("IPMI_2___POWER", false),
            ("drivers__ipmi_2___power", false),
        ] {
            assert_eq!(Pattern::Variable(variable.into()).names(&name), meant, "{variable}");
        }
    }
}
