use std::time::Duration;

use tokio::time::Instant;

/// A signal of the same kind counts as the first for this long: `timeout`, process groups and supervisors send two.
const SAME: Duration = Duration::from_secs(1);

/// Tells a second signal to stop from the first that comes again.
#[derive(Debug, Default)]
pub(crate) struct SecondSignal {
    /// Its number, and when it came.
    first: Option<(u8, Instant)>,
}

impl SecondSignal {
    /// Whether this signal, which came at `now`, is a second one.
    pub(crate) fn is(&mut self, number: u8, now: Instant) -> bool {
        let (first, at) = *self.first.get_or_insert((number, now));
        number != first || now.saturating_duration_since(at) > SAME
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of these signals, with the milliseconds at which they come, are second ones.
    fn second(signals: &[(u8, u64)]) -> Vec<bool> {
        let (start, mut second) = (Instant::now(), SecondSignal::default());
        signals
            .iter()
            .map(|&(number, millis)| second.is(number, start + Duration::from_millis(millis)))
            .collect()
    }

    #[tokio::test(start_paused = true)]
    async fn one_of_the_same_kind_within_a_second_is_the_first() {
        assert_eq!(second(&[(15, 0), (15, 0), (15, 3), (15, 1_000)]), [false; 4]);
        assert_eq!(second(&[(15, 0), (15, 1_001)]), [false, true]);
        assert_eq!(
            second(&[(15, 0), (15, 900), (15, 1_800)]),
            [false, false, true],
            "a second after the first"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn one_of_another_kind_is_a_second_one() {
        assert_eq!(second(&[(2, 0), (15, 0)]), [false, true]);
        assert_eq!(second(&[(15, 0), (15, 5), (2, 10)]), [false, false, true]);
    }
}
