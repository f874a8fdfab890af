//! Entries that use their own group.

use std::sync::{Arc, Mutex};

use periodic::looping::FixedInterval;
use periodic::task_group::{Graceful, GroupError, TaskGroup};
use tokio::time::{Instant, sleep};

use super::secs;

/// The original holds a lock while it waits for its timers, and hangs.
#[tokio::test(start_paused = true)]
async fn a_callback_that_adds_during_a_graceful_stop_is_refused_and_not_stuck() {
    let group = Arc::new(TaskGroup::new());
    let (weak, answers) = (Arc::downgrade(&group), Arc::new(Mutex::new(Vec::new())));
    let answered = Arc::clone(&answers);
    group
        .add_timer(secs(10), move || {
            let (weak, answered) = (weak.clone(), Arc::clone(&answered));
            async move {
                let add = || weak.upgrade().unwrap().spawn(async {}).map(drop);
                answered.lock().unwrap().push(add());
                sleep(secs(5)).await;
                answered.lock().unwrap().push(add());
            }
        })
        .unwrap();
    sleep(secs(1)).await;
    let begun = Instant::now();
    group.stop(Graceful::Yes).await;
    assert_eq!(begun.elapsed(), secs(4));
    assert_eq!(*answers.lock().unwrap(), [Ok(()), Err(GroupError::Stopped)]);
}

#[tokio::test(start_paused = true)]
async fn members_that_wait_for_their_group_do_not_wait_for_each_other() {
    let group = Arc::new(TaskGroup::new());
    for _ in 0..2 {
        let weak = Arc::downgrade(&group);
        group
            .spawn(async move {
                let group = weak.upgrade().unwrap();
                group.stop(Graceful::Yes).await;
            })
            .unwrap();
    }
    group.spawn(sleep(secs(3))).unwrap();
    let begun = Instant::now();
    group.wait().await;
    assert_eq!(begun.elapsed(), secs(3));
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_was_given_up_counts_no_more() {
    let group = Arc::new(TaskGroup::new());
    let weak = Arc::downgrade(&group);
    let waiter = group.spawn(async move {
        let group = weak.upgrade().unwrap();
        assert!(tokio::time::timeout(secs(1), group.wait()).await.is_err());
        sleep(secs(8)).await;
    });
    let (begun, weak) = (Instant::now(), Arc::downgrade(&group));
    let other = group.spawn(async move {
        sleep(secs(2)).await;
        weak.upgrade().unwrap().wait().await;
        assert_eq!(begun.elapsed(), secs(9));
    });
    waiter.unwrap().wait().await.unwrap();
    other.unwrap().wait().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_timer_stops_the_timers_of_its_group() {
    let group = Arc::new(TaskGroup::new());
    let weak = Arc::downgrade(&group);
    group.add_timer(secs(1), || async {}).unwrap();
    group
        .add(FixedInterval::every(secs(1)).initial_delay(secs(4)), move || {
            weak.upgrade().unwrap().stop_timers();
            async {}
        })
        .unwrap();
    let begun = Instant::now();
    group.wait().await;
    assert_eq!(begun.elapsed(), secs(4));
    group.spawn(async {}).unwrap();
}
