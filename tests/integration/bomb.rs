//! A value that panics when it is dropped.

use std::fmt;
use std::panic::panic_any;

use tracing::span::{Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Subscriber};
use tracing_subscriber::Registry;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

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

/// A layer that panics whatever it is told.
struct Deaf;

impl<S: Subscriber> Layer<S> for Deaf {
    fn on_record(&self, _: &Id, _: &Record<'_>, _: Context<'_, S>) {
        panic_any(Bomb);
    }

    fn on_event(&self, _: &Event<'_>, _: Context<'_, S>) {
        panic_any(Bomb);
    }

    fn on_close(&self, _: Id, _: Context<'_, S>) {
        panic_any(Bomb);
    }
}

/// A layer that panics whenever a span is entered or left.
struct Restless {
    enters: bool,
}

impl<S: Subscriber> Layer<S> for Restless {
    fn on_enter(&self, _: &Id, _: Context<'_, S>) {
        if self.enters {
            panic_any(Bomb);
        }
    }

    fn on_exit(&self, _: &Id, _: Context<'_, S>) {
        if !self.enters {
            panic_any(Bomb);
        }
    }
}

/// Listens on this thread with a layer that panics when a span is entered, or when it is left.
pub(crate) fn panic_at_each_entry(enters: bool) -> DefaultGuard {
    tracing::subscriber::set_default(Registry::default().with(Restless { enters }))
}

/// Listens on this thread with a layer that panics at every event, and at the end of every span.
pub(crate) fn panic_at_each_event() -> DefaultGuard {
    tracing::subscriber::set_default(Registry::default().with(Deaf))
}
