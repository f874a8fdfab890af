use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use periodic::SystemClock;
use periodic::task::Missed;
use periodic::time::{Alarm, Clock, Instant, Now, Timestamp};

use super::stage::{Stage, every};

/// The paused clock with a wall clock that can be set, and this number of seconds ahead of the other.
struct Settable {
    clock: SystemClock,
    ahead: Arc<AtomicI64>,
}

impl Clock for Settable {
    fn now(&self) -> Now {
        let Now { boot, .. } = self.clock.now();
        let wall = boot.as_nanos() + self.ahead.load(Ordering::SeqCst) * 1_000_000_000;
        Now { boot, wall: Timestamp::from_nanos(wall) }
    }

    fn alarm(&self, deadline: Instant) -> Option<Alarm<'_>> {
        self.clock.alarm(deadline)
    }
}

/// A clock that shows this number of seconds, and its lead.
pub(super) fn settable(seconds: i64) -> (impl Clock, Arc<AtomicI64>) {
    let ahead = Arc::new(AtomicI64::new(seconds));
    (Settable { clock: SystemClock::new(), ahead: Arc::clone(&ahead) }, ahead)
}

async fn stage() -> (Stage, Arc<AtomicI64>) {
    stage_at(5_400).await
}

/// A service whose wall clock shows this number of seconds at its start, and that clock's lead.
pub(super) async fn stage_at(seconds: i64) -> (Stage, Arc<AtomicI64>) {
    let (clock, ahead) = settable(seconds);
    (Stage::with(|builder| builder.clock(clock)).await, ahead)
}

#[tokio::test(start_paused = true)]
async fn an_aligned_task_runs_on_the_clocks_hour() {
    let (stage, _) = stage().await;
    stage.lasting(every("hourly", 3_600).align(), 1);
    stage.until(10_000).await;
    assert_eq!(stage.starts("hourly"), [1_800, 5_400, 9_000]);
}

#[tokio::test(start_paused = true)]
async fn a_clock_set_forward_is_noticed_within_thirty_seconds() {
    let (stage, ahead) = stage().await;
    stage.lasting(every("hourly", 3_600).align(), 1);
    stage.until(100).await;
    ahead.fetch_add(2 * 3_600, Ordering::SeqCst);
    stage.until(5_000).await;
    let starts = stage.starts("hourly");
    assert_eq!(starts.len(), 2, "two hours passed at once, and one run covers both: {starts:?}");
    assert!(starts[0] <= 130, "{starts:?}");
    assert_eq!(starts[1], 1_800);
    assert_eq!(stage.status("hourly").counters.coalesced, 1);
}

#[tokio::test(start_paused = true)]
async fn a_clock_set_back_repeats_nothing() {
    let (stage, ahead) = stage().await;
    stage.lasting(every("hourly", 3_600).align().missed(Missed::All(9)), 1);
    stage.until(2_000).await;
    ahead.fetch_sub(3_000, Ordering::SeqCst);
    stage.until(9_000).await;
    assert_eq!(
        stage.starts("hourly"),
        [1_800, 8_400],
        "the clock shows two o'clock twice, the slot comes once"
    );
}

#[tokio::test(start_paused = true)]
async fn a_spacing_does_not_mind_the_wall_clock() {
    let (stage, ahead) = stage().await;
    stage.lasting(every("poll", 100), 1);
    for hours in [-50, 100, -3] {
        stage.until(150).await;
        ahead.fetch_add(hours * 3_600, Ordering::SeqCst);
    }
    stage.until(450).await;
    assert_eq!(stage.starts("poll"), [100, 200, 300, 400]);
}
