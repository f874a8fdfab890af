use core::fmt;

use periodic_text::name::{NameProblem, problem};

/// An error: the text cannot be a name.
///
/// Its `Debug` prints the same as its `Display`, so that it is readable when `main` returns it.
#[derive(Clone, PartialEq, Eq)]
pub struct NameError {
    of: &'static str,
    /// The text in printable form: harmless, and cut if it is long.
    shown: String,
    problem: NameProblem,
}

impl NameError {
    /// Checks that `text` may name `of`, such as "a task".
    ///
    /// # Errors
    /// When `text` is no name.
    ///
    /// # Examples
    /// ```
    /// use periodic_core::task::NameError;
    ///
    /// assert!(NameError::check("a host", "node-1").is_ok());
    /// let error = NameError::check("a host", "node 1").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "`node 1` cannot name a host: a name cannot contain white space: settings and logs name tasks too"
    /// );
    /// ```
    pub fn check(of: &'static str, text: &str) -> Result<(), Self> {
        match problem(text) {
            Some(problem) => Err(Self { of, shown: periodic_text::quoted(text).to_string(), problem }),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { of, shown, problem } = self;
        write!(f, "`{shown}` cannot name {of}: {problem}")
    }
}

impl core::error::Error for NameError {}
