use std::time::Duration;

use periodic_core::time::Instant;

/// The time between two lines of one kind about one task. Events in between are counted, and the next line has the
/// count.
pub(crate) const APART: Duration = Duration::from_secs(10);

/// The time of the last line, and the number of events since then that were not logged.
///
/// The first event is logged immediately. A task that fails a thousand times a second is one line in ten seconds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Folded {
    said: Option<Instant>,
    unsaid: u64,
}

impl Folded {
    /// Counts `count` events at `now`. If they are to be logged, returns the number of earlier events that were not.
    pub(crate) fn happens(&mut self, count: u64, now: Instant) -> Option<u64> {
        if !self.is_over(now) {
            self.unsaid = self.unsaid.saturating_add(count);
            return None;
        }
        self.said = Some(now);
        Some(self.take_unsaid().unwrap_or(0))
    }

    /// Takes the number of events since the last line; `None` if zero.
    pub(crate) fn take_unsaid(&mut self) -> Option<u64> {
        Some(std::mem::take(&mut self.unsaid)).filter(|unsaid| *unsaid > 0)
    }

    /// Whether this state is still needed at `now`.
    pub(crate) fn is_known(&self, now: Instant) -> bool {
        self.unsaid > 0 || !self.is_over(now)
    }

    fn is_over(&self, now: Instant) -> bool {
        self.said.is_none_or(|said| now - said >= APART)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_in_ten_seconds_with_the_count_of_the_others() {
        let mut folded = Folded::default();
        let mut lines = Vec::new();
        for millis in 0..25_000 {
            let now = Instant::ZERO + Duration::from_millis(millis);
            lines.extend(folded.happens(2, now).map(|unsaid| (millis, unsaid)));
        }
        assert_eq!(lines, [(0, 0), (10_000, 19_998), (20_000, 19_998)]);
        assert_eq!((folded.take_unsaid(), folded.take_unsaid()), (Some(9_998), None));
    }

    #[test]
    fn what_happens_seldom_is_always_logged() {
        let mut folded = Folded::default();
        for secs in [0, 10, 20, 3_600] {
            assert_eq!(folded.happens(1, Instant::from_secs(secs)), Some(0));
        }
    }
}
