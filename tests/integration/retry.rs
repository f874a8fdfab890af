//! `Retry`: the cases without vectors.

use std::sync::Arc;
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use periodic::retry::RetryCall;
use tokio::time::Instant;

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// How long it takes until a call gives up.
async fn given_up_after(retry: RetryCall<&str>) -> Duration {
    let begun = Instant::now();
    assert_eq!(retry.call(|| async { Err::<(), _>("no luck") }).await, Err("no luck"));
    begun.elapsed()
}

#[tokio::test(start_paused = true)]
async fn sequences() {
    let four = || RetryCall::new().attempts(4);
    assert_eq!(given_up_after(four()).await, secs(10 + 20 + 30));
    assert_eq!(given_up_after(four().increment(secs(25))).await, secs(25 + 50 + 60));
    assert_eq!(given_up_after(four().doubling(secs(1))).await, secs(1 + 2 + 4));
    assert_eq!(given_up_after(four().doubling(secs(1)).ceiling(secs(2))).await, secs(1 + 2 + 2));
    assert_eq!(given_up_after(four().delays(|| std::iter::repeat(secs(7)))).await, secs(7 * 3));
    assert_eq!(given_up_after(RetryCall::new().delays(|| [secs(1), secs(90)])).await, secs(1 + 60));
    assert_eq!(given_up_after(RetryCall::new().attempts(1)).await, secs(0));
    let longest = four().increment(Duration::MAX).ceiling(secs(1));
    assert_eq!(given_up_after(longest).await, secs(3));
}

#[tokio::test(start_paused = true)]
async fn sequences_of_backon() {
    let backon = ExponentialBuilder::new().with_min_delay(secs(2)).with_max_times(3);
    assert_eq!(given_up_after(RetryCall::new().delays(move || backon.build())).await, secs(2 + 4 + 8));
}

#[tokio::test(start_paused = true)]
async fn one_plan_serves_tasks_side_by_side() {
    let retry =
        Arc::new(RetryCall::new().attempts(3).increment(secs(1)).when(|error: &String| error.ends_with('?')));
    let tasks = [1, 2, 3].map(|enough| {
        let (retry, mut tries) = (Arc::clone(&retry), 0);
        tokio::spawn(async move {
            let begun = Instant::now();
            let answer = retry
                .call(|| {
                    tries += 1;
                    async move { if tries == enough { Ok(tries) } else { Err(format!("{tries}?")) } }
                })
                .await;
            (answer, begun.elapsed().as_secs())
        })
    });
    for (task, expected) in tasks.into_iter().zip([(Ok(1), 0), (Ok(2), 1), (Ok(3), 1 + 2)]) {
        assert_eq!(task.await.unwrap(), expected);
    }
}
