//! The types that callbacks may return, as users write them.

use std::ops::ControlFlow::{self, Break};
use std::time::Duration;

use periodic::looping::{Backoff, Dynamic, End, FixedInterval, LoopingCall};

use super::secs;

#[derive(Clone, Debug, PartialEq)]
struct Answer(String);

async fn checked() -> Result<ControlFlow<Answer>, std::io::Error> {
    Ok(Break(Answer("42".into())))
}

fn counted() -> Result<(), std::num::ParseIntError> {
    "7".parse::<u8>().map(drop)
}

async fn stopped(call: LoopingCall) {
    call.stop();
    assert_eq!(call.wait().await, Ok(End::Stopped));
}

#[tokio::test(start_paused = true)]
async fn functions_and_closures() {
    let fixed = || FixedInterval::every(secs(1));
    stopped(fixed().start(|| async {}).unwrap()).await;
    stopped(fixed().start_blocking(|| ()).unwrap()).await;
    stopped(fixed().start_blocking(counted).unwrap()).await;
    stopped(Dynamic::unbounded().start(|| async { Some(secs(1)) }).unwrap()).await;
    stopped(Dynamic::unbounded().start_blocking(|| Ok::<_, String>(Some(secs(1)))).unwrap()).await;
    stopped(Backoff::starting_at(secs(1)).start_blocking(|| true).unwrap()).await;

    let call = fixed().start(checked).unwrap();
    assert_eq!(call.wait().await.unwrap().value(), Some(Answer("42".into())));
    let call = fixed().start_blocking(|| Break(7)).unwrap();
    assert_eq!(call.wait().await.unwrap().value(), Some(7));
    let mut delays = [1, 2, 3].into_iter().map(Duration::from_secs);
    let call = Dynamic::unbounded()
        .start_blocking(move || {
            delays.next().map_or(Break("no more"), |delay| ControlFlow::Continue(Some(delay)))
        })
        .unwrap();
    assert_eq!(call.wait().await.unwrap().value(), Some("no more"));
}
