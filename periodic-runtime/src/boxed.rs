use std::error::Error;
use std::pin::Pin;

use periodic_core::task::catch_panic;
use periodic_text::{LONGEST_TEXT, bounded};

/// Any error; `?` converts most errors into it.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// A future of any type, for traits that are called through `dyn`.
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Returns the text of an error and drops the error; each may panic. Do not call it inside a macro of `tracing`, which
/// skips its fields without a subscriber.
pub(crate) fn into_text(error: BoxError) -> String {
    let text = chain(&*error);
    let _ = catch_panic(|| drop(error));
    text
}

/// The most causes of an error that are followed: some errors are their own cause.
pub(crate) const CAUSES: usize = 64;

/// Returns an error and its causes in one line. Each text is cut after 8 KiB, and no cause follows once the line is as
/// long. If one of them panics, the line says that.
pub fn chain(error: &dyn Error) -> String {
    catch_panic(|| texts(error))
        .unwrap_or_else(|panic| format!("the error's text cannot be made: it panicked: {panic}"))
}

fn texts(error: &dyn Error) -> String {
    let bounded = |error: &dyn Error| bounded(LONGEST_TEXT, format_args!("{error}"));
    let mut text = bounded(error);
    for cause in std::iter::successors(error.source(), |cause| (**cause).source()).take(CAUSES) {
        if text.len() >= LONGEST_TEXT {
            break;
        }
        let cause_text = bounded(cause);
        // Some errors print their cause themselves.
        if !text.ends_with(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::fmt;

    use super::*;

    #[derive(Debug)]
    struct Outer(std::io::Error);

    impl fmt::Display for Outer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("no database")
        }
    }

    impl Error for Outer {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&self.0)
        }
    }

    /// Prints its cause itself.
    #[derive(Debug)]
    struct Printing(Outer);

    impl fmt::Display for Printing {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "cannot start: {}", self.0)
        }
    }

    impl Error for Printing {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&self.0)
        }
    }

    #[test]
    fn each_cause_stands_once() {
        let error = Printing(Outer(std::io::Error::other("no route")));
        assert_eq!(chain(&error), "cannot start: no database: no route");
    }

    /// An error that is its own cause.
    #[derive(Debug)]
    struct Circular;

    impl fmt::Display for Circular {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("no end")
        }
    }

    impl Error for Circular {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(self)
        }
    }

    /// Without a bound this never returns.
    #[test]
    fn an_error_that_is_its_own_cause_is_said_once() {
        assert_eq!(chain(&Circular), "no end");
    }

    #[test]
    fn a_chain_of_any_length_makes_a_short_line() {
        let long = std::io::Error::other("x".repeat(1 << 20));
        assert!(chain(&Outer(long)).ends_with("xx… (1040384 bytes more)"));
    }
}
