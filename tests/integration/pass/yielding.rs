//! An `inline` task that lets others go first: its first pass boxes its future, later ones poll it in place.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use periodic::pass::{PeriodicTasks, RaiseOnError};
use periodic::time::ManualClock;
use periodic::{Settings, periodic_manager, periodic_task};

struct Manager;

#[periodic_manager]
impl Manager {
    #[periodic_task(spacing = 60, inline)]
    async fn yields(&self) {
        let mut has_yielded = false;
        std::future::poll_fn(|cx| {
            cx.waker().wake_by_ref();
            if std::mem::replace(&mut has_yielded, true) { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }
}

#[test]
fn every_pass_waits_as_often_as_the_task() {
    let clock = Arc::new(ManualClock::default());
    let mut tasks = PeriodicTasks::new(Manager, Arc::clone(&clock), &Settings::default()).unwrap();
    for _ in 0..3 {
        clock.advance(Duration::from_secs(60));
        let mut pass = pin!(tasks.run_periodic_tasks(&(), RaiseOnError::Yes));
        let mut poll = || pass.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert_eq!(poll(), Poll::Pending);
        assert_eq!(poll(), Poll::Ready(Ok(Duration::from_secs(60))));
    }
}
