use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

static TEXTS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

/// The same text for the rest of the process, so that a declaration stays plain data that is copied freely.
///
/// Each distinct text is kept once, so what this takes is bounded by the expressions and zones that were ever set, and
/// not by how often settings are read.
pub(crate) fn interned(text: &str) -> &'static str {
    // Nothing in here panics between two changes of the set.
    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(kept) = texts.get(text) {
        return kept;
    }
    let kept: &'static str = Box::leak(text.into());
    texts.insert(kept);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_once() {
        let first = interned(&String::from("0 3 * * *"));
        let second = interned(&String::from("0 3 * * *"));
        assert_eq!((first, first.as_ptr()), ("0 3 * * *", second.as_ptr()));
    }
}
