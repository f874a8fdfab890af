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
