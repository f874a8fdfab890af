use std::ops::ControlFlow::{Break, Continue};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use periodic::looping::{Dynamic, End, FixedInterval};
use tokio::time::{Instant, advance};

use super::{Notes, secs};

/// The starts of calls that take these numbers of nanoseconds, on a grid of 10 ms.
async fn starts(lasting: &[u64]) -> Vec<u64> {
    let (begun, starts) = (Instant::now(), Arc::new(Mutex::new(Vec::new())));
    let (pen, lasting) = (Arc::clone(&starts), lasting.to_vec());
    let call = FixedInterval::every(Duration::from_millis(10))
        .start(move || {
            let mut starts = pen.lock().unwrap();
            let lasting = lasting.get(starts.len()).copied();
            starts.push(u64::try_from(begun.elapsed().as_nanos()).unwrap());
            async move {
                let Some(lasting) = lasting else { return Break(()) };
                advance(Duration::from_nanos(lasting)).await;
                Continue(())
            }
        })
        .unwrap();
    call.wait().await.unwrap();
    let starts = starts.lock().unwrap();
    starts.clone()
}

#[tokio::test(start_paused = true)]
async fn a_thousand_calls_later_the_grid_is_where_it_was() {
    // Odd nanoseconds, which would add up if a sleep were counted from a call's end.
    let starts = starts(&[3_333_337; 1_000]).await;
    assert_eq!(starts.len(), 1_001);
    for (nth, start) in (0..).zip(starts) {
        // Tokio's timer wakes at the end of a millisecond.
        let late = start - nth * 10_000_000;
        assert!(late < 1_000_000, "call {nth} is {late} ns late");
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_outlasts_slots_is_followed_at_once_and_then_by_the_grid() {
    let millis = |starts: Vec<u64>| starts.into_iter().map(|start| start / 1_000_000).collect::<Vec<_>>();
    let ms = 1_000_000;
    assert_eq!(millis(starts(&[25 * ms, ms, ms]).await), [0, 25, 30, 40]);
    // The one that follows at once reaches over the next slot, too.
    assert_eq!(millis(starts(&[25 * ms, 7 * ms, ms]).await), [0, 25, 32, 40]);
    // A call that ends on a slot is in time for it.
    assert_eq!(millis(starts(&[10 * ms, 20 * ms, ms]).await), [0, 10, 30, 40]);
}

#[tokio::test(start_paused = true)]
async fn a_grid_begins_at_the_first_call_of_each_start() {
    let notes = Notes::new();
    let pen = notes.clone();
    let call = FixedInterval::every(secs(10)).initial_delay(secs(3)).call(move || {
        pen.note();
        async {}
    });
    call.start().unwrap();
    notes.until(25).await;
    call.stop();
    assert_eq!(call.wait().await, Ok(End::Stopped));
    call.start().unwrap();
    notes.until(45).await;
    assert_eq!(notes.noted(), [3, 13, 23, 28, 38]);
}

#[tokio::test(start_paused = true)]
async fn a_loop_without_pauses_gives_way_to_others() {
    let fixed = FixedInterval::every(Duration::ZERO).start(|| async {}).unwrap();
    let dynamic = Dynamic::unbounded().start(|| async { Some(Duration::ZERO) }).unwrap();
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
    fixed.stop();
    dynamic.stop();
    assert_eq!(fixed.wait().await, Ok(End::Stopped));
    assert_eq!(dynamic.wait().await, Ok(End::Stopped));
}

#[tokio::test(start_paused = true)]
async fn the_longest_durations_are_no_panic() {
    let forever = Duration::MAX;
    let fixed = FixedInterval::every(forever).timeout(forever).start(|| async {}).unwrap();
    let dynamic = Dynamic::at_most(forever).start(|| async { None }).unwrap();
    let delayed = FixedInterval::every(forever).initial_delay(forever).start(|| async {}).unwrap();
    tokio::time::sleep(secs(1_000_000)).await;
    for call in [fixed, dynamic, delayed] {
        call.stop();
        assert_eq!(call.wait().await, Ok(End::Stopped));
    }
}
