//! The context of each run.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

/// The user on whose behalf a run acts, and the id that finds its lines in the log.
#[derive(Debug)]
pub(crate) struct RequestContext {
    request: u64,
}

impl RequestContext {
    /// Creates the context of the service itself, with a new request id.
    pub(crate) fn admin() -> Self {
        static REQUESTS: AtomicU64 = AtomicU64::new(1);
        Self { request: REQUESTS.fetch_add(1, Ordering::Relaxed) }
    }
}

impl fmt::Display for RequestContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "req-{:05}", self.request)
    }
}
