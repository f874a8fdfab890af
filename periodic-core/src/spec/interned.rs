use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

static TEXTS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

/// Returns the same text with the lifetime of the process, so that a declaration stays plain data that can be copied.
///
/// Each distinct text is kept once. So the number of expressions and zones ever set bounds the memory, and reading
/// settings again adds none.
pub(crate) fn interned(text: &str) -> &'static str {
    // No code here panics between two changes of the set.
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
