use core::fmt::{self, Write};

/// The text that an error shows. It is a copy, because an error has no lifetime.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    bytes: [u8; Self::LONGEST],
    length: usize,
    is_cut: bool,
}

impl Found {
    pub(super) const LONGEST: usize = 20;

    pub(crate) const fn new(text: &[u8], start: usize, end: usize) -> Self {
        let mut found = Self { bytes: [0; Self::LONGEST], length: end - start, is_cut: false };
        if found.length > Self::LONGEST {
            found.is_cut = true;
            found.length = Self::LONGEST;
            // Moves the cut out of the middle of a character.
            while text[start + found.length] & 0xC0 == 0x80 {
                found.length -= 1;
            }
        }
        let mut index = 0;
        while index < found.length {
            found.bytes[index] = text[start + index];
            index += 1;
        }
        found
    }

    /// Whether the text is complete, and not cut.
    pub(super) fn is_whole(&self) -> bool {
        !self.is_cut
    }

    pub(super) fn text(&self) -> &str {
        // The text is cut between characters, so the default is never used.
        core::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('`')?;
        for letter in self.text().chars() {
            if letter.is_control() {
                write!(f, "{}", letter.escape_debug())?;
            } else {
                f.write_char(letter)?;
            }
        }
        f.write_str(if self.is_cut { "…`" } else { "`" })
    }
}

impl fmt::Debug for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}
