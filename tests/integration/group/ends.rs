use std::ops::ControlFlow::Break;

use periodic::looping::{Dynamic, End, FixedInterval, LoopError};
use periodic::task::TaskError;
use periodic::task_group::{EntryKind, TaskGroup};

use super::secs;

#[tokio::test(start_paused = true)]
async fn every_end_is_told() {
    let group = TaskGroup::new();
    let fixed = |name: &str| FixedInterval::every(secs(1)).name(name);
    let value = group.add(fixed("value"), || async { Break("a value") }).unwrap();
    assert_eq!(value.wait().await, Ok(End::Value("a value")));
    group.add(fixed("failed"), || async { Err::<(), _>("no route") }).unwrap().wait().await.unwrap_err();
    group.add_blocking(fixed("panicked"), || assert_eq!(1, 2)).unwrap().wait().await.unwrap_err();
    let none = group.add(Dynamic::unbounded().name("none"), || async { None }).unwrap();
    none.wait().await.unwrap_err();
    let stopped = group.add(fixed("stopped"), || async {}).unwrap();
    stopped.stop();
    stopped.wait().await.unwrap();
    let cut = group.add(fixed("cut"), std::future::pending::<()>).unwrap();
    cut.cancel();
    cut.wait().await.unwrap_err();

    let ends = group.ends();
    let told: Vec<_> = ends.iter().map(|end| (end.name(), end.how())).collect();
    assert_eq!(told[0], ("value", Ok(End::Value(()))));
    assert_eq!(told[1], ("failed", Err(&LoopError::Failed(TaskError::new("no route")))));
    assert!(matches!(told[2], ("panicked", Err(LoopError::Panicked(_)))));
    assert_eq!(told[3], ("none", Err(&LoopError::NoDelay)));
    assert_eq!(told[4], ("stopped", Ok(End::Stopped)));
    assert_eq!(told[5], ("cut", Err(&LoopError::Cut)));
    assert_eq!(ends[1].to_string(), "failed: the callback failed: no route");
    assert!(ends.iter().all(|end| end.kind() == EntryKind::Timer));
}

#[tokio::test(start_paused = true)]
async fn one_off_work_fails_and_panics_alone() {
    let group = TaskGroup::new();
    let good = group.spawn(async {}).unwrap();
    let bad = group.spawn(async { Err::<(), _>("no luck") }).unwrap();
    let ugly = group.spawn(async { assert_eq!("this", "that") }).unwrap();
    assert_eq!(good.wait().await, Ok(End::Value(())));
    assert_eq!(bad.wait().await, Err(LoopError::Failed(TaskError::new("no luck"))));
    assert!(matches!(ugly.wait().await, Err(LoopError::Panicked(_))));
    assert_eq!(group.tasks(), 0);
    assert!(group.ends().iter().all(|end| end.kind() == EntryKind::Task));
}

#[tokio::test(start_paused = true)]
async fn the_last_ends_are_kept() {
    let group = TaskGroup::new();
    for nth in 0..100 {
        let looping = FixedInterval::every(secs(1)).name(nth.to_string());
        group.add(looping, || async { Break(()) }).unwrap().wait().await.unwrap();
    }
    let ends = group.ends();
    assert_eq!((ends.len(), ends[0].name(), ends[63].name()), (64, "36", "99"));
}
