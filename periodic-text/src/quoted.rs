use alloc::borrow::Cow;
use alloc::format;
use core::fmt;

use crate::escaped::escaped;
use crate::name;

/// Returns `text` as an error quotes it: [`escaped`], and cut after 255 bytes, with its length.
///
/// # Examples
/// ```
/// assert_eq!(periodic_text::quoted("po\0ll").to_string(), r"po\0ll");
/// let long = periodic_text::quoted(&"x".repeat(5_000_000)).to_string();
/// assert!(long.ends_with("xxx… (5000000 bytes)") && long.len() < 300);
/// ```
pub const fn quoted(text: &str) -> Quoted<'_> {
    Quoted(text)
}

/// Returns a text of at most 255 bytes unchanged; otherwise its beginning and its length.
pub fn cut(text: &str) -> Cow<'_, str> {
    let end = text.floor_char_boundary(name::LONGEST);
    if end == text.len() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("{}… ({} bytes)", &text[..end], text.len()))
}

/// See [`quoted`].
#[derive(Clone, Copy, Debug)]
pub struct Quoted<'t>(&'t str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escaped(&cut(self.0)).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn a_quoted_text_is_cut_between_letters() {
        let long = "ö".repeat(200);
        let shown = quoted(&long).to_string();
        assert_eq!(shown, format!("{}… (400 bytes)", "ö".repeat(127)));
        assert_eq!(quoted(&"x".repeat(255)).to_string(), "x".repeat(255));
    }
}
