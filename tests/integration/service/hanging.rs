use periodic::task::{Cron, Interval, TaskName, TaskSpec};
use periodic_test_support::LogCapture;

use super::scene::{Scene, after};

#[tokio::test(start_paused = true)]
async fn a_run_that_hangs_is_warned_of_once_and_again_when_it_ends() {
    let (scene, said) = (Scene::new(), LogCapture::default());
    let _guard = said.listen();
    let service = scene.service().build().unwrap();
    let handle = service.control().tasks().clone();
    for (task, lasts) in [("quick", 25), ("hangs", 200)] {
        let spec = TaskSpec::new(task).every(Interval::from_secs(10)).run_immediately();
        handle
            .add(TaskName::new("Fleet", task).unwrap(), spec, move |run| async move {
                run.progress("half-way");
                after(lasts).await;
            })
            .unwrap();
    }
    let running = tokio::spawn(service.run());
    after(190).await;
    let warned = said.containing("a run hangs");
    assert_eq!(warned.len(), 1, "{said:?}");
    assert!(warned[0].contains("task=\"hangs\"") && warned[0].contains("half-way"), "{warned:?}");
    assert!(warned[0].contains("elapsed=45s"), "three times its spacing, and the next look: {warned:?}");
    assert!(said.containing("a run that hung has ended").is_empty());
    after(30).await;
    let ended = said.containing("a run that hung has ended");
    assert_eq!(ended.len(), 1, "{said:?}");
    assert!(ended[0].contains("elapsed=3m20s") && ended[0].contains("outcome=\"ok\""), "{ended:?}");
    handle.stop();
    let _ = running.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_cron_task_hangs_by_the_distance_of_its_slots() {
    let (scene, said) = (Scene::new(), LogCapture::default());
    let _guard = said.listen();
    let service = scene.service().build().unwrap();
    let handle = service.control().tasks().clone();
    for (task, expression) in [("often", "*/20 * * * * *"), ("rarely", "0 0 1 1 *")] {
        let spec = TaskSpec::new(task).cron(Cron::parse(expression).unwrap()).run_immediately();
        handle.add(TaskName::new("Fleet", task).unwrap(), spec, |_| after(200)).unwrap();
    }
    let running = tokio::spawn(service.run());
    after(190).await;
    let warned = said.containing("a run hangs");
    assert_eq!(warned.len(), 1, "{said:?}");
    assert!(warned[0].contains("task=\"often\"") && warned[0].contains("elapsed=1m15s"), "{warned:?}");
    handle.stop();
    let _ = running.await.unwrap().unwrap();
}
