use std::fmt;

/// The secret that identifies a client. No text shows it.
#[derive(Clone)]
pub(in crate::conductor) struct Token(pub(super) String);

impl Token {
    /// The form of a token, for errors: the characters that RFC 6750 allows in a header.
    pub(in crate::conductor) const RULE: &str =
        "a token must have 16 to 512 characters, each a letter, a digit or one of `-._~+/=`";

    pub(in crate::conductor) fn new(text: &str) -> Option<Self> {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
        ((16..=512).contains(&text.len()) && text.bytes().all(fits)).then(|| Self(text.to_owned()))
    }

    /// Returns the value of the header `Authorization`.
    pub(in crate::conductor) fn header(&self) -> String {
        format!("Bearer {}", self.0)
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
    fn the_rule() {
        for text in ["0123456789abcdef", &"x".repeat(512), "AZaz09-._~+/AAAA=="] {
            let token = Token::new(text).unwrap();
            assert_eq!(token.header(), format!("Bearer {text}"));
            assert_eq!(format!("{token:?}"), "Token(***)");
        }
        for text in [
            "",
            "0123456789abcde",
            &"x".repeat(513),
            "0123456789 abcdef",
            "0123456789abcdef\n",
            "0123456789:abcdef",
            "ü123456789abcdef",
        ] {
            assert!(Token::new(text).is_none(), "{text:?}");
        }
    }
}
