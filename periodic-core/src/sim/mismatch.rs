use core::fmt;

/// A timeline is not what a test expects, and how it differs.
///
/// Its `Debug` prints as its `Display`, so that `unwrap` in a test reads well.
#[derive(Clone, PartialEq, Eq)]
pub struct Mismatch {
    text: String,
}

impl Mismatch {
    /// A mismatch with these words, for expectations of one's own.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }

    /// A mismatch that lists something under a heading, if there is something.
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
