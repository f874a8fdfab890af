//! `TestBackOffLoopingCall`. Its sleeps are replayed to the nanosecond in `conformance::backoff`; here it is seen
//! that they are slept.

use std::ops::ControlFlow::{Break, Continue};
use std::time::Duration;

use periodic::looping::{Backoff, End, LoopError, Looping};

use super::{Calls, millis};

/// The sleeps of a loop whose callback always fails, each factor being this, up to its timeout.
async fn failing(looping: Looping<Backoff>, factor: f64) -> (Vec<u128>, LoopError) {
    let calls = Calls::begin();
    let noted = calls.clone();
    let timer = looping
        .gauss(move |_, _| factor)
        .start(move || {
            noted.note();
            async { false }
        })
        .unwrap();
    let error = timer.wait().await.unwrap_err();
    (calls.gaps(), error)
}

fn starting() -> Looping<Backoff> {
    Backoff::starting_at(millis(1_000))
}

/// The original's sleeps up to its timeout, each rounded up to the millisecond in which tokio's timer wakes.
const SLEEPS: [u128; 11] =
    [1_600, 2_400, 3_600, 5_400, 8_100, 12_150, 18_225, 27_338, 41_007, 61_510, 92_265];

fn near(gaps: &[u128], sleeps: &[u128]) {
    let same =
        gaps.len() == sleeps.len() && gaps.iter().zip(sleeps).all(|(gap, sleep)| gap.abs_diff(*sleep) <= 1);
    assert!(same, "{gaps:?}");
}

fn timed_out_after(error: &LoopError) -> Duration {
    let LoopError::TimedOut { after, .. } = error else { panic!("{error}") };
    *after
}

#[tokio::test(start_paused = true)]
async fn test_exponential_backoff() {
    let (gaps, error) = failing(starting(), 0.8).await;
    near(&gaps, &SLEEPS);
    assert_eq!(timed_out_after(&error).as_millis(), 411_988);
}

#[tokio::test(start_paused = true)]
async fn test_exponential_backoff_negative_value() {
    let (gaps, error) = failing(starting(), -0.8).await;
    near(&gaps, &SLEEPS);
    assert_eq!(timed_out_after(&error).as_millis(), 411_988);
}

#[tokio::test(start_paused = true)]
async fn test_no_backoff() {
    let calls = Calls::begin();
    let noted = calls.clone();
    let timer = starting()
        .gauss(|_, _| 1.0)
        .start(move || {
            let before = noted.note();
            async move { if before == 3 { Break("return value") } else { Continue(true) } }
        })
        .unwrap();
    assert_eq!(timer.wait().await, Ok(End::Value("return value")));
    assert_eq!(calls.gaps(), [1_000, 1_000, 1_000]);
}

#[tokio::test(start_paused = true)]
async fn test_no_sleep() {
    let calls = Calls::begin();
    let timer = starting().start(|| async { Break("return value") }).unwrap();
    assert_eq!(timer.wait().await, Ok(End::Value("return value")));
    assert_eq!(calls.begun.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn test_max_interval() {
    let (gaps, error) = failing(starting().max_interval(millis(60_000)), 0.8).await;
    near(&gaps, &[&SLEEPS[..9], &[60_000; 3]].concat());
    assert_eq!(timed_out_after(&error).as_millis(), 359_818);
}
