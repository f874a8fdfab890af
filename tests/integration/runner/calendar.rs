//! Cron tasks in a running service whose wall clock is set.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use periodic::task::{Cron, Missed, TaskSpec};

use super::stage::Stage;
use super::wall_clock::stage_at;

/// 2026-03-29T00:30:00Z: half an hour before Berlin's clocks go from two to three.
const SPRING: i64 = 1_774_744_200;
/// 2026-10-25T00:00:00Z: it is two in Berlin, and will be so again in an hour.
const AUTUMN: i64 = 1_792_886_400;

async fn stage(text: &'static str, wall: i64) -> (Stage, Arc<AtomicI64>) {
    let (stage, ahead) = stage_at(wall).await;
    stage.lasting(cron("work", text), 1);
    (stage, ahead)
}

fn cron(name: &'static str, text: &'static str) -> TaskSpec {
    TaskSpec::new(name).cron(Cron::parse(text).unwrap().tz("Europe/Berlin"))
}

#[tokio::test(start_paused = true)]
async fn what_falls_into_the_gap_runs_once_at_its_end() {
    let (stage, _) = stage("10,40 2 * * *", SPRING).await;
    stage.until(90_000).await;
    assert_eq!(stage.starts("work"), [1_800, 85_200, 87_000]);
}

#[tokio::test(start_paused = true)]
async fn an_hour_that_comes_twice_is_run_through_once_or_twice() {
    let (stage, _) = stage("30 2 * * *", AUTUMN).await;
    stage.lasting(cron("open", "30 * * * *"), 1);
    stage.until(10_000).await;
    assert_eq!(stage.starts("work"), [1_800]);
    assert_eq!(stage.starts("open"), [1_800, 5_400, 9_000]);
}

#[tokio::test(start_paused = true)]
async fn a_clock_set_forward_over_slots_is_noticed_within_thirty_seconds() {
    let (stage, ahead) = stage("0 * * * *", AUTUMN).await;
    stage.until(100).await;
    ahead.fetch_add(5 * 3_600, Ordering::SeqCst);
    stage.until(3_500).await;
    let starts = stage.starts("work");
    assert_eq!(starts.len(), 1, "one run covers the five hours: {starts:?}");
    assert!((100..=130).contains(&starts[0]), "{starts:?}");
    assert_eq!(stage.status("work").counters.coalesced, 4);
}

#[tokio::test(start_paused = true)]
async fn a_clock_set_back_repeats_nothing() {
    let (stage, ahead) = stage_at(AUTUMN).await;
    stage.lasting(cron("work", "0 * * * *").missed(Missed::All(9)), 1);
    stage.until(3_700).await;
    ahead.fetch_sub(3_000, Ordering::SeqCst);
    stage.until(11_000).await;
    assert_eq!(stage.starts("work"), [3_600, 10_200]);
}
