//! A value that panics when it is dropped.

use std::fmt;
use std::panic::panic_any;

/// Panics when it is dropped, with its like.
#[derive(Debug)]
pub(crate) struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        // Not while another panic goes, which would end any process.
        if !std::thread::panicking() {
            panic_any(Self);
        }
    }
}

/// An error that panics when it is printed or, if that went well, when it is dropped.
#[derive(Debug)]
pub(crate) struct BadError {
    pub(crate) prints: bool,
}

impl fmt::Display for BadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.prints { f.write_str("no luck") } else { panic_any(Bomb) }
    }
}

impl std::error::Error for BadError {}

impl Drop for BadError {
    fn drop(&mut self) {
        if self.prints {
            drop(Bomb);
        }
    }
}

/// The words of a panic with a [`Bomb`].
pub(crate) const NO_TEXT: &str = "the panic's payload is not a text";

/// Panics with a [`Bomb`].
pub(crate) fn explode() {
    panic_any(Bomb);
}
