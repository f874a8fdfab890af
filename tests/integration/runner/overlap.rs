use periodic::task::{Overlap, SkipReason};

use super::stage::{Stage, every};

#[tokio::test(start_paused = true)]
async fn skip_leaves_out_what_is_due_meanwhile_and_keeps_the_grid() {
    let stage = Stage::new().await;
    stage.lasting(every("slow", 10), 25);
    stage.until(101).await;
    assert_eq!(stage.starts("slow"), [10, 40, 70, 100]);
    assert_eq!(stage.status("slow").counters.skipped(SkipReason::Overlap), 6);
    assert_eq!(stage.outcomes("slow")[..2], ["Ok x1", "Skipped(Overlap) x2"]);
}

#[tokio::test(start_paused = true)]
async fn a_run_that_ends_at_the_slot_has_ended() {
    let stage = Stage::new().await;
    stage.lasting(every("exact", 10), 10);
    stage.until(55).await;
    assert_eq!(stage.starts("exact"), [10, 20, 30, 40, 50]);
    assert_eq!(stage.status("exact").counters.skipped_in_all(), 0);
}

#[tokio::test(start_paused = true)]
async fn queue_holds_one_slot() {
    let stage = Stage::new().await;
    stage.lasting(every("slow", 10).overlap(Overlap::Queue), 25);
    stage.until(86).await;
    assert_eq!(stage.starts("slow"), [10, 35, 60, 85]);
}

#[tokio::test(start_paused = true)]
async fn replace_cancels_and_starts_anew() {
    let stage = Stage::new().await;
    stage.lasting(every("slow", 10).overlap(Overlap::Replace), 25);
    stage.until(45).await;
    assert_eq!(stage.starts("slow"), [10, 20, 30, 40]);
    assert_eq!(stage.outcomes("slow"), ["Cancelled x1", "Cancelled x1", "Cancelled x1"]);
}

#[tokio::test(start_paused = true)]
async fn allow_lets_so_many_go_at_once() {
    let stage = Stage::new().await;
    stage.lasting(every("slow", 10).overlap(Overlap::Allow(2)), 25);
    stage.until(55).await;
    assert_eq!(stage.starts("slow"), [10, 20, 40, 50]);
    assert_eq!(stage.status("slow").going.len(), 2);
    assert_eq!(stage.status("slow").counters.skipped(SkipReason::Overlap), 1);
}

#[tokio::test(start_paused = true)]
async fn from_finish_waits_the_spacing_after_each_end() {
    let stage = Stage::new().await;
    stage.lasting(every("delay", 10).from_finish(), 25);
    stage.until(120).await;
    assert_eq!(stage.starts("delay"), [10, 45, 80, 115]);
}

#[tokio::test(start_paused = true)]
async fn a_sixty_second_task_that_takes_ninety_runs_every_hundred_and_twenty() {
    let stage = Stage::new().await;
    stage.lasting(every("audit", 60), 90);
    stage.until(500).await;
    assert_eq!(stage.starts("audit"), [60, 180, 300, 420], "the original: every 150 s");
}

#[tokio::test(start_paused = true)]
async fn many_runs_do_not_drift() {
    let stage = Stage::new().await;
    stage.lasting(every("beat", 7), 3);
    stage.until(70_000).await;
    let starts = stage.starts("beat");
    assert_eq!(starts.len(), 9_999);
    assert!((1u64..).zip(&starts).all(|(run, at)| *at == run * 7));
}
