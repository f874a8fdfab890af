use std::time::Duration;

use tokio::time::Instant;

use crate::random::Random;
use crate::runner::Handle;

/// Returns a random time of at most `most`, the same for the same seed.
pub(super) fn draw(most: Duration, seed: Option<u64>) -> Duration {
    let mut random = seed.map_or_else(Random::new, Random::with_seed);
    Duration::from_nanos(random.up_to(u64::try_from(most.as_nanos()).unwrap_or(u64::MAX)))
}

/// Waits for `delay`, or until the service is to stop. The pulse keeps beating for the watchdog.
pub(super) async fn wait(delay: Duration, handle: &Handle) {
    let end = Instant::now() + delay;
    loop {
        handle.liveness().beat();
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() || handle.stopping().is_cancelled() {
            return;
        }
        tokio::select! {
            () = tokio::time::sleep(handle.liveness().at_most(left)) => {}
            () = handle.stopping().cancelled() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_is_between_nothing_and_the_most() {
        let most = Duration::from_secs(60);
        let drawn: Vec<_> = (0..1_000).map(|seed| draw(most, Some(seed))).collect();
        assert!(drawn.iter().all(|delay| *delay <= most));
        assert!(drawn.iter().any(|delay| *delay < most / 10));
        assert!(drawn.iter().any(|delay| *delay > most / 10 * 9));
        assert_eq!(draw(most, Some(7)), draw(most, Some(7)));
        assert_eq!(draw(Duration::ZERO, None), Duration::ZERO);
    }
}
