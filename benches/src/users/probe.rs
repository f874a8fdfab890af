//! The starts that tasks note: one store for all contenders, in a place of its own for each run.

use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// The most starts of a round.
const MOST: usize = 1 << 19;

static LATE: [AtomicI64; MOST] = [const { AtomicI64::new(0) }; MOST];
static STARTS: AtomicUsize = AtomicUsize::new(0);

/// The beginning of a round, from which slots count.
#[derive(Clone, Copy, Debug)]
pub struct Probe {
    began: Instant,
}

impl Probe {
    /// Begins a round at this time. There is one at a time.
    pub fn begin(began: Instant) -> Self {
        STARTS.store(0, Relaxed);
        Self { began }
    }

    /// Notes that a run starts; `slot` counts from the beginning of the round.
    pub fn note(self, slot: Duration) {
        let late = nanos(self.began.elapsed()) - nanos(slot);
        if let Some(place) = LATE.get(STARTS.fetch_add(1, Relaxed)) {
            place.store(late, Relaxed);
        }
    }

    /// Returns the beginning of the round.
    pub fn began(self) -> Instant {
        self.began
    }

    /// Returns the number of starts so far.
    pub fn starts() -> usize {
        STARTS.load(Relaxed)
    }

    /// Returns the lateness of these starts, in nanoseconds, the least first.
    pub fn lateness(starts: std::ops::Range<usize>) -> Vec<f64> {
        let range = starts.start.min(MOST)..starts.end.min(MOST);
        let mut late: Vec<_> = LATE[range].iter().map(|late| late.load(Relaxed) as f64).collect();
        late.sort_by(f64::total_cmp);
        late
    }
}

fn nanos(duration: Duration) -> i64 {
    i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lateness_counts_from_the_slot() {
        let probe = Probe::begin(Instant::now());
        probe.note(Duration::from_secs(3_600));
        probe.note(Duration::ZERO);
        assert_eq!(Probe::starts(), 2);
        let late = Probe::lateness(0..2);
        assert!(late[0] < -3.5e12 && (0.0..1e12).contains(&late[1]), "{late:?}");
    }
}
