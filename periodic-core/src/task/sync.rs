//! The synchronization of [`Cancellation`](super::Cancellation). `tests/loom` puts its own in this place, and tries every
//! order of the threads.

pub(super) use core::sync::atomic::{AtomicBool, Ordering, fence};
pub(super) use std::sync::{Arc, Mutex, MutexGuard};
