//! The outcomes of slots, for later questions.

use periodic::task::{Interval, Outcome, Run};
use periodic::watch::Event;

use super::stage::{Stage, every};

fn slots(stage: &Stage) -> Vec<(String, i64)> {
    let record = |record: &periodic::scheduler::SlotRecord| {
        (record.name().task().to_owned(), record.first.at.as_nanos() / 1_000_000_000)
    };
    let slots: Vec<_> = stage.handle.records().iter().map(record).collect();
    let begun = slots[0].1;
    slots.into_iter().map(|(task, at)| (task, at - begun)).collect()
}

#[tokio::test(start_paused = true)]
async fn has_the_newest_whenever_it_is_asked() {
    let stage = Stage::with(|builder| builder.keep_records(100)).await;
    stage.task(every("often", 1), |_: Run| std::future::ready(()));
    stage.until(1_000).await;
    let newest: Vec<_> = (0..100).map(|at| ("often".to_owned(), at)).collect();
    assert_eq!(slots(&stage), newest);
    assert_eq!(slots(&stage), newest, "asking takes nothing away");
    stage.until(1_030).await;
    assert_eq!(slots(&stage), newest);
}

#[tokio::test(start_paused = true)]
async fn a_failure_between_keeps_its_place() {
    let stage = Stage::new().await;
    stage.task(every("often", 2), |_: Run| std::future::ready(()));
    stage.task(every("fails", 10), |_: Run| std::future::ready(Err::<(), _>("no luck")));
    stage.until(21).await;
    let outcomes: Vec<_> =
        stage.handle.records().iter().map(|record| record.outcome == Outcome::Ok).collect();
    let well = [true; 4];
    assert_eq!(outcomes, [&well[..], &[true, false], &well[..], &[true, false]].concat());
}

#[tokio::test(start_paused = true)]
async fn a_watcher_hears_of_nothing_that_was_before_it_came() {
    let stage = Stage::new().await;
    stage.task(every("often", 1), |_: Run| std::future::ready(()));
    stage.until(10).await;
    let mut watcher = stage.handle.watch();
    stage.until(15).await;
    let handle = stage.handle.clone();
    assert_eq!(handle.records().len(), 14);
    handle.stop();
    let _ = stage.stopped().await;
    let mut heard = 0;
    while let Some(event) = watcher.next().await {
        heard += usize::from(matches!(event, Event::SlotEnded(_)));
    }
    assert_eq!(heard, 5);
}

#[tokio::test(start_paused = true)]
async fn a_record_names_the_task_as_it_was_then() {
    let stage = Stage::new().await;
    stage.task(every("changes", 1), |_: Run| std::future::ready(()));
    stage.until(3).await;
    stage.handle.set_spacing("changes", Interval::from_secs(5)).unwrap();
    stage.until(10).await;
    stage.handle.remove("changes").unwrap();
    stage.task(every("another", 1), |_: Run| std::future::ready(()));
    stage.until(12).await;
    let told = |record: &periodic::scheduler::SlotRecord| {
        (record.name().task().to_owned(), record.task.spec().schedule.to_string())
    };
    let told: Vec<_> = stage.handle.records().iter().map(told).collect();
    let each = |task: &str, schedule: &str| (task.to_owned(), schedule.to_owned());
    assert_eq!(
        told,
        [
            each("changes", "every 1s"),
            each("changes", "every 1s"),
            each("changes", "every 5s"),
            each("another", "every 1s")
        ]
    );
}
