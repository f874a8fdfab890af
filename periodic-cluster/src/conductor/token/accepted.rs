use std::collections::HashMap;
use std::io;
use std::path::Path;

use hyper::header::{AUTHORIZATION, HeaderMap};
use ring::hmac::{self, HMAC_SHA256};
use ring::rand::SystemRandom;

use super::{Caller, Token, file};

/// The tokens that a conductor accepts.
///
/// Only a code of each token is kept, made with a random key that never leaves the process. The token of a request is
/// looked up by its code. So the time of a look-up reveals neither the text nor the length of any token, nor the number
/// of tokens.
pub(in crate::conductor) struct AcceptedTokens {
    key: hmac::Key,
    callers: HashMap<Vec<u8>, Caller>,
}

impl AcceptedTokens {
    /// Creates the set of one token, which speaks for every host.
    pub(in crate::conductor) fn one(token: Token) -> io::Result<Self> {
        Self::of(vec![(token, Caller::Operator)])
    }

    pub(in crate::conductor) fn read(path: &Path) -> io::Result<Self> {
        Self::of(file::read(path)?)
    }

    pub(in crate::conductor) fn of(entries: Vec<file::Entry>) -> io::Result<Self> {
        let key = hmac::Key::generate(HMAC_SHA256, &SystemRandom::new())
            .map_err(|_| io::Error::other("the system's source of random numbers cannot be read"))?;
        let coded = entries.into_iter().map(|(token, caller)| (code(&key, token.0.as_bytes()), caller));
        let callers = coded.collect();
        Ok(Self { key, callers })
    }

    /// Returns the caller of a request, which must have exactly one `Authorization: Bearer TOKEN`.
    pub(in crate::conductor) fn caller(&self, headers: &HeaderMap) -> Option<&Caller> {
        let mut shown = headers.get_all(AUTHORIZATION).iter();
        let (Some(shown), None) = (shown.next(), shown.next()) else { return None };
        self.callers.get(&code(&self.key, bearer(shown.as_bytes())?))
    }
}

fn code(key: &hmac::Key, text: &[u8]) -> Vec<u8> {
    hmac::sign(key, text).as_ref().to_vec()
}

/// Returns the text after the scheme, whose case is ignored.
fn bearer(header: &[u8]) -> Option<&[u8]> {
    let (scheme, rest) = header.split_at_checked("bearer".len())?;
    let token = rest.trim_ascii_start();
    (scheme.eq_ignore_ascii_case(b"bearer") && token.len() < rest.len()).then_some(token)
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderValue;

    use super::*;

    fn tokens() -> AcceptedTokens {
        let token = |text| Token::new(text).unwrap();
        let of_host = (token("secret-of-node-1"), Caller::Host("node-1".into()));
        AcceptedTokens::of(vec![(token("secret-of-all-00"), Caller::Operator), of_host]).unwrap()
    }

    fn caller(headers: &[&'static str]) -> Option<Caller> {
        let mut map = HeaderMap::new();
        for text in headers {
            map.append(AUTHORIZATION, HeaderValue::from_static(text));
        }
        tokens().caller(&map).cloned()
    }

    #[test]
    fn a_token_says_who_asks() {
        for header in [
            "Bearer secret-of-all-00",
            "bearer secret-of-all-00",
            "BEARER   secret-of-all-00",
            "Bearer\tsecret-of-all-00",
        ] {
            assert_eq!(caller(&[header]), Some(Caller::Operator), "{header}");
        }
        assert_eq!(caller(&["Bearer secret-of-node-1"]), Some(Caller::Host("node-1".into())));
    }

    #[test]
    fn who_is_not_let_in() {
        for headers in [
            &[][..],
            &[""],
            &["Bearer"],
            &["Bearer "],
            &["Bearersecret-of-all-00"],
            &["secret-of-all-00"],
            &["Basic secret-of-all-00"],
            &["Bearer secret-of-all-0"],
            &["Bearer secret-of-all-000"],
            &["Bearer Secret-of-all-00"],
            &["Bearer secret-of-all-00 x"],
            // Two of them: a proxy may have judged the other one.
            &["Bearer secret-of-all-00", "Bearer secret-of-all-00"],
        ] {
            assert_eq!(caller(headers), None, "{headers:?}");
        }
    }

    #[test]
    fn no_token_is_kept() {
        let (tokens, others) = (tokens(), tokens());
        let codes = |tokens: &AcceptedTokens| tokens.callers.keys().cloned().collect::<Vec<_>>();
        assert!(codes(&tokens).iter().all(|code| code.len() == 32));
        assert!(codes(&tokens).iter().all(|code| !codes(&others).contains(code)), "the key is drawn");
    }
}
