//! `TestRetryDecorator`, and `test_fixture.py`.

use periodic::retry::RetryCall;

use super::{Calls, millis};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Raised {
    AnException,
    ValueError,
    Unexpected,
}

/// Fails with the first errors, then succeeds.
async fn calling<W: Fn(&Raised) -> bool>(
    retry: &RetryCall<Raised, W>,
    errors: &[Raised],
) -> (Result<&'static str, Raised>, Vec<u128>) {
    let calls = Calls::begin();
    let answer = retry.call(|| {
        let answer = errors.get(calls.note()).map_or(Ok("RESULT"), |error| Err(*error));
        async move { answer }
    });
    let answer = answer.await;
    (answer, calls.gaps())
}

#[tokio::test(start_paused = true)]
async fn test_retry() {
    assert_eq!(calling(&RetryCall::new(), &[]).await, (Ok("RESULT"), vec![]));
}

#[tokio::test(start_paused = true)]
async fn test_retry_with_expected_exceptions() {
    let retry = RetryCall::new()
        .attempts(11)
        .increment(millis(10))
        .ceiling(millis(10_000))
        .when(|error| *error == Raised::AnException);
    assert_eq!(calling(&retry, &[Raised::AnException; 2]).await, (Ok("RESULT"), vec![10, 20]));
}

#[tokio::test(start_paused = true)]
async fn test_retry_with_max_retries() {
    let retry = RetryCall::new()
        .attempts(3)
        .increment(millis(0))
        .ceiling(millis(0))
        .when(|error| *error == Raised::AnException);
    assert_eq!(calling(&retry, &[Raised::AnException; 3]).await, (Err(Raised::AnException), vec![0, 0]));
}

#[tokio::test(start_paused = true)]
async fn test_retry_with_unexpected_exception() {
    let retry = RetryCall::new().when(|error| *error == Raised::AnException);
    assert_eq!(calling(&retry, &[Raised::Unexpected]).await, (Err(Raised::Unexpected), vec![]));
}

/// The fixture makes the sleeps return at once; paused time does, and the test sees that they are slept.
#[tokio::test(start_paused = true)]
async fn test_sleep_fixture() {
    let retry =
        RetryCall::new().attempts(4).increment(millis(2_000)).when(|error| *error == Raised::ValueError);
    assert_eq!(
        calling(&retry, &[Raised::ValueError; 4]).await,
        (Err(Raised::ValueError), vec![2_000, 4_000, 6_000])
    );
}
