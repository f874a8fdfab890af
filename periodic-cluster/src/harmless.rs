use std::fmt;

use periodic_runtime::boxed::BoxError;
use periodic_text::{LONGEST_TEXT, bounded, escaped};

/// The most causes of an error that are shown.
const CAUSES: usize = 16;

/// Returns the cause of an error in a form that can be kept, logged and printed. A store's server may have written the
/// text. So a cause whose text is long or has control characters becomes that text only: on one line, and cut after 8
/// KiB.
pub(crate) fn harmless(cause: BoxError) -> BoxError {
    let mut texts = Vec::new();
    let mut is_changed = false;
    let mut next: Option<&(dyn std::error::Error + 'static)> = Some(&*cause);
    while let Some(error) = next.filter(|_| texts.len() < CAUSES) {
        let text = bounded(LONGEST_TEXT, format_args!("{error}"));
        let shown = escaped(&text).to_string();
        is_changed |= shown != text || text.len() > LONGEST_TEXT;
        texts.push(shown);
        next = error.source();
    }
    if !is_changed && next.is_none() {
        return cause;
    }
    let told: Option<Box<Told>> =
        texts.into_iter().rev().fold(None, |source, text| Some(Box::new(Told { text, source })));
    // `texts` has at least one element.
    match told {
        Some(told) => told,
        None => cause,
    }
}

/// The text of an error, and of its causes.
#[derive(Debug)]
struct Told {
    text: String,
    source: Option<Box<Told>>,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Told {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use periodic_runtime::boxed::chain;

    use super::*;

    #[test]
    fn a_cause_that_is_harmless_stays_as_it_is() {
        let cause = harmless(std::io::Error::other("no route").into());
        assert!(cause.is::<std::io::Error>());
    }

    #[test]
    fn what_a_server_says_is_shown_harmlessly() {
        let of_server = std::io::Error::other("FATAL: \u{1b}[31mnode-1 is up\nforged");
        let cause = harmless(std::io::Error::other(of_server).into());
        assert!(!cause.is::<std::io::Error>());
        assert_eq!(cause.to_string(), r"FATAL: \u{1b}[31mnode-1 is up\nforged");
        let long = harmless("x".repeat(5_000_000).into());
        assert!(long.to_string().len() < 9_000 && format!("{long:?}").len() < 9_000);
        let below = harmless(Told { text: "away".to_owned(), source: Some(Box::new(told("\u{7}"))) }.into());
        assert_eq!(chain(&*below), r"away: \u{7}");
    }

    #[test]
    fn a_long_chain_is_cut() {
        let mut error = told("the last");
        for number in 0..100 {
            error = Told { text: format!("the next {number}"), source: Some(Box::new(error)) };
        }
        assert_eq!(chain(&*harmless(error.into())).matches("the next").count(), CAUSES);
    }

    fn told(text: &str) -> Told {
        Told { text: text.to_owned(), source: None }
    }
}
