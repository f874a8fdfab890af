use core::mem::forget;
use core::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

use super::TaskError;

/// Calls `work`. If it panics, stops the panic and returns its message as the error.
///
/// The panic's payload is dropped here too: it is a value of the user's, and may panic when it is dropped.
#[doc(hidden)]
#[inline]
pub fn catch_panic<T>(work: impl FnOnce() -> T) -> Result<T, TaskError> {
    // Code that panicked is dropped or not called again, so a half-changed state is never seen.
    catch_unwind(AssertUnwindSafe(work)).map_err(into_error)
}

/// Separate from `catch_panic`, which is compiled once for each kind of `work`.
#[cold]
fn into_error(payload: Box<dyn core::any::Any + Send>) -> TaskError {
    let error = TaskError::from_panic(&*payload);
    if let Err(second) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        // Its drop may panic as well, and so on without end.
        forget(second);
    }
    error
}

#[cfg(test)]
mod tests {
    use std::panic::{panic_any, resume_unwind};

    use super::*;

    /// Panics when it is dropped, with another one as its payload.
    struct Bomb(u32);

    impl Drop for Bomb {
        fn drop(&mut self) {
            if self.0 > 0 {
                resume_unwind(Box::new(Self(self.0 - 1)));
            }
        }
    }

    #[test]
    fn a_payload_that_panics_when_it_is_dropped_does_not_get_out() {
        for more in 0..4 {
            let error = catch_panic(|| panic_any(Bomb(more))).unwrap_err();
            assert_eq!(error.as_str(), "the panic's payload is not a text");
        }
    }

    #[test]
    fn its_words_do() {
        assert_eq!(
            catch_panic(|| panic!("no image")).map_err(|error| error.to_string()),
            Err::<(), _>("no image".into())
        );
        assert_eq!(catch_panic(|| 7), Ok(7));
    }
}
