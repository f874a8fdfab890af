use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// The time between two log lines about an event that strangers can cause at will.
const APART: Duration = Duration::from_secs(60);

/// Counts an event, so that it is logged once a minute.
#[derive(Default)]
pub(super) struct Folded(Mutex<(u64, Option<Instant>)>);

impl Folded {
    /// Counts the event. If it must be logged now, returns the count since it was last logged.
    pub(super) fn happens(&self) -> Option<u64> {
        // No code panics while it is held.
        let mut folded = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (count, said) = &mut *folded;
        *count += 1;
        let now = Instant::now();
        if said.is_some_and(|said| now - said < APART) {
            return None;
        }
        *said = Some(now);
        Some(std::mem::take(count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn it_is_said_once_a_minute() {
        let folded = Folded::default();
        let mut said = Vec::new();
        for _ in 0..180 {
            said.extend(folded.happens());
            tokio::time::advance(Duration::from_secs(1)).await;
        }
        assert_eq!(said, [1, 60, 60]);
    }
}
