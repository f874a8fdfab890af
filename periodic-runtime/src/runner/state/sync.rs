//! The synchronization of the [`WorkerSlot`](super::worker_pool::WorkerSlot). `tests/loom` puts its own in this place,
//! and tries every order of the threads.

pub(super) use std::sync::atomic::{AtomicBool, Ordering};
pub(super) use std::sync::{Arc, OnceLock};
