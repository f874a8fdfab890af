use std::time::Duration;

use tokio::time::Instant;

/// The time in which an equal signal counts as the first: `timeout`, process groups and supervisors send two.
const SAME: Duration = Duration::from_secs(1);

/// Distinguishes a second signal to stop from a repeated first one.
#[derive(Debug, Default)]
pub(crate) struct SecondSignal {
    /// The number of the first signal, and its time.
    first: Option<(u8, Instant)>,
}

impl SecondSignal {
    /// Whether this signal, received at `now`, is a second one.
    pub(crate) fn is(&mut self, number: u8, now: Instant) -> bool {
        let (first, at) = *self.first.get_or_insert((number, now));
        number != first || now.saturating_duration_since(at) > SAME
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns for each signal, with its time in milliseconds, whether it is a second one.
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
