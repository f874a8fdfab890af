use std::fmt;
use std::iter;
use std::sync::Arc;
use std::time::Duration;

/// The sleeps of one call, in order; the retries end with them.
pub(super) type Delays = Box<dyn Iterator<Item = Duration> + Send>;

/// The growth of a call's sleeps.
#[derive(Clone)]
pub(super) enum Growth {
    /// Each sleep is longer than the one before by this.
    Increment(Duration),
    /// Each sleep is twice as long as the one before, starting with this.
    Doubling(Duration),
    /// The user's own sequence.
    Given(Arc<dyn Fn() -> Delays + Send + Sync>),
}

impl Growth {
    /// Starts the sequence, afresh for each call.
    pub(super) fn begin(&self) -> Delays {
        match self {
            &Self::Increment(step) => {
                Box::new(iter::successors(Some(step), move |last| Some(last.saturating_add(step))))
            }
            &Self::Doubling(first) => {
                Box::new(iter::successors(Some(first), |last| Some(last.saturating_mul(2))))
            }
            Self::Given(make) => make(),
        }
    }
}

impl fmt::Debug for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Increment(step) => f.debug_tuple("Increment").field(step).finish(),
            Self::Doubling(first) => f.debug_tuple("Doubling").field(first).finish(),
            Self::Given(_) => f.write_str("Given"),
        }
    }
}
