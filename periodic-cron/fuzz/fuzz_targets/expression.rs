//! Any text is read or refused, with its place and a message; an expression that is read fires.
//!
//! `cargo +nightly fuzz run expression` in `periodic-cron`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use periodic_cron::{Civil, Cron};

fuzz_target!(|input: (u64, &str)| {
    let (seed, text) = input;
    match Cron::parse(text) {
        Ok(cron) => {
            let pattern = cron.resolve(seed);
            let start = Civil { year: 2026, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
            let next = pattern.next_after(start).expect("what is read fires");
            let after = pattern.next_after(next).expect("and fires again");
            assert_eq!(pattern.prev_before(after), Some(next));
            assert_eq!(pattern.count_between(next, after), 1);
        }
        Err(error) => {
            let part = &text[error.span()];
            assert!(!part.is_empty() || text.is_empty());
            assert!(!error.to_string().is_empty());
            assert_eq!(error.caret(text).to_string().lines().count(), 2);
        }
    }
});
