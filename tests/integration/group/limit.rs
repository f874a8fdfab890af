use std::num::NonZeroUsize;

use periodic::task_group::{Graceful, GroupError, TaskGroup};
use tokio::time::sleep;

use super::secs;

#[tokio::test(start_paused = true)]
async fn a_full_group_takes_no_more_until_one_has_left() {
    let limit = NonZeroUsize::new(2).unwrap();
    let group = TaskGroup::with_limit(limit);
    group.add_timer(secs(1), || async {}).unwrap();
    let work = group.spawn(sleep(secs(5))).unwrap();
    let full = GroupError::Full { limit };
    assert_eq!(group.spawn(async {}).unwrap_err(), full);
    assert_eq!(group.add_timer(secs(1), || async {}).unwrap_err(), full);
    assert_eq!(
        full.to_string(),
        "the group is full, with 2 entries; wait until one has ended, or raise the limit"
    );
    work.wait().await.unwrap();
    group.spawn(async {}).unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_stopped_group_takes_no_more() {
    let group = TaskGroup::new();
    group.stop(Graceful::Yes).await;
    assert_eq!(group.spawn(async {}).unwrap_err(), GroupError::Stopped);
}

#[test]
fn without_a_runtime_nothing_enters() {
    let group = TaskGroup::new();
    assert_eq!(group.spawn(async {}).unwrap_err(), GroupError::NoRuntime);
    assert_eq!(group.tasks(), 0);
}
