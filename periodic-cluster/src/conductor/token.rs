use std::fmt;

use subtle::ConstantTimeEq as _;

/// What a client shows to be let in. No text shows it.
#[derive(Clone)]
pub(super) struct Token(String);

impl Token {
    /// `None` for one that no header could carry, and for the empty one, which would let in everybody.
    pub(super) fn new(text: &str) -> Option<Self> {
        let fits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        fits.then(|| Self(text.to_owned()))
    }

    /// The value of the header `Authorization`.
    pub(super) fn header(&self) -> String {
        format!("Bearer {}", self.0)
    }

    /// Whether a request's header shows this token. How long that takes tells of its length alone.
    pub(super) fn is_shown_by(&self, header: Option<&[u8]>) -> bool {
        header.is_some_and(|header| self.header().as_bytes().ct_eq(header).into())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_token_is_let_in() {
        let token = Token::new("hush").unwrap();
        assert!(token.is_shown_by(Some(b"Bearer hush")));
        for other in ["Bearer hus", "Bearer hushh", "Bearer Hush", "hush", "Bearer ", ""] {
            assert!(!token.is_shown_by(Some(other.as_bytes())), "{other}");
        }
        assert!(!token.is_shown_by(None));
        assert_eq!(format!("{token:?}"), "Token(***)");
    }

    #[test]
    fn what_is_no_token() {
        for text in ["", "two words", "line\n", "ü"] {
            assert!(Token::new(text).is_none(), "{text:?}");
        }
    }
}
