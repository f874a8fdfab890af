use std::num::NonZeroUsize;

use super::stage::{Stage, every};

#[tokio::test(start_paused = true)]
async fn a_full_limit_makes_runs_wait_their_turn() {
    let stage = Stage::with(|builder| builder.limit(NonZeroUsize::MIN)).await;
    stage.lasting(every("first", 20), 3);
    stage.lasting(every("second", 20), 3);
    stage.lasting(every("third", 20), 3);
    stage.until(50).await;
    let order: Vec<_> = stage.order().into_iter().map(|(task, at)| format!("{task} {at}")).collect();
    assert_eq!(order, ["first 20", "second 23", "third 26", "first 40", "second 43", "third 46"]);
}

#[tokio::test(start_paused = true)]
async fn who_was_due_first_goes_first() {
    let stage = Stage::with(|builder| builder.limit(NonZeroUsize::MIN)).await;
    stage.lasting(every("late", 22), 1);
    stage.lasting(every("early", 21), 1);
    stage.lasting(every("blocker", 20), 10);
    stage.until(33).await;
    let order: Vec<_> = stage.order().into_iter().map(|(task, at)| format!("{task} {at}")).collect();
    assert_eq!(order, ["blocker 20", "early 30", "late 31"]);
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_place_counts_as_going() {
    let stage = Stage::with(|builder| builder.limit(NonZeroUsize::MIN)).await;
    stage.lasting(every("blocker", 10), 1_000);
    stage.lasting(every("waits", 10), 1);
    stage.until(55).await;
    assert_eq!(stage.starts("waits"), [] as [u64; 0]);
    let status = stage.status("waits");
    assert_eq!(status.going.len(), 1);
    assert_eq!(status.going[0].started, None);
    assert_eq!(status.counters.skipped_in_all(), 4, "slots 20 to 50");
}
