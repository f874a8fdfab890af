use core::fmt;

/// An error: a timeline differs from the expectation of a test.
///
/// Its `Debug` prints the same as its `Display`, so that `unwrap` in a test is readable.
#[derive(Clone, PartialEq, Eq)]
pub struct Mismatch {
    text: String,
}

impl Mismatch {
    /// Creates a mismatch with this text, for expectations of one's own.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }

    /// Returns a mismatch that lists `lines` under a heading, if there are any.
    pub(super) fn unless_empty(heading: &str, lines: impl Iterator<Item = String>) -> Result<(), Self> {
        let text = lines.fold(String::new(), |text, line| text + "\n    " + &line);
        if text.is_empty() { Ok(()) } else { Err(Self::new(heading.to_owned() + &text)) }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl core::error::Error for Mismatch {}
