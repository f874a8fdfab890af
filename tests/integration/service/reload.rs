use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use periodic::settings::{SettingsSource, TaskSettings};
use periodic::task::Interval;

use super::scene::{Fault, Scene, after};

/// With this spacing there are no periodic tasks.
const OFF: u64 = 99;

/// Settings that change between two readings: the spacing, and whether they name a task that there is not.
fn source(spacing: &Arc<AtomicU64>) -> SettingsSource {
    let spacing = Arc::clone(spacing);
    SettingsSource::environment().without_environment().with(move |settings| {
        let seconds = spacing.load(Ordering::SeqCst);
        let task = if seconds == 0 { "no_such_task" } else { "work" };
        let interval = Interval::from_secs(i64::try_from(seconds).unwrap());
        settings
            .service(|options| {
                options.periodic_fuzzy_delay = Duration::ZERO;
                options.report_interval = Duration::from_secs(seconds);
                options.periodic_enable = seconds != OFF;
            })
            .task(task, TaskSettings::new().spacing(interval))
    })
}

#[tokio::test(start_paused = true)]
async fn a_reload_reads_again_and_then_resets() {
    let (scene, spacing) = (Scene::new(), Arc::new(AtomicU64::new(10)));
    let service = scene.service().settings_from(source(&spacing)).build().unwrap();
    let (control, handle) = (service.control(), service.control().tasks().clone());
    let running = tokio::spawn(service.run());
    after(12).await;
    spacing.store(20, Ordering::SeqCst);
    let changes = control.reload().await.unwrap();
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(scene.times("reset"), [12]);
    spacing.store(0, Ordering::SeqCst);
    let error = control.reload().await.unwrap_err();
    assert!(error.to_string().contains("no_such_task"), "{error}");
    assert_eq!(scene.times("reset"), [12], "the old settings are in force");
    scene.break_down("reset", Fault::Hangs);
    spacing.store(20, Ordering::SeqCst);
    control.reload().await.unwrap();
    assert_eq!(scene.seconds(), 72, "a reset that hangs is cut");
    handle.stop();
    let _ = running.await.unwrap().unwrap();
    assert_eq!(scene.times("work"), [10, 30, 50, 70]);
    assert_eq!(scene.times("beat"), [5, 15, 35, 55]);
}

#[tokio::test(start_paused = true)]
async fn periodic_tasks_are_turned_off_and_on() {
    let (scene, spacing) = (Scene::new(), Arc::new(AtomicU64::new(10)));
    let service = scene.service().settings_from(source(&spacing)).build().unwrap();
    let (control, handle) = (service.control(), service.control().tasks().clone());
    let running = tokio::spawn(service.run());
    for (until, seconds) in [(12, OFF), (100, 10)] {
        after(until - scene.seconds()).await;
        spacing.store(seconds, Ordering::SeqCst);
        let changes = control.reload().await.unwrap();
        assert!(changes.iter().any(|change| change.key == "periodic_enable"), "{changes:?}");
    }
    after(25).await;
    handle.stop();
    let _ = running.await.unwrap().unwrap();
    assert_eq!(scene.times("work"), [10, 110, 120]);
}

#[tokio::test(start_paused = true)]
async fn settings_that_cannot_be_read_in_time_are_given_up() {
    let (scene, hangs) = (Scene::new(), Arc::new(AtomicBool::new(false)));
    let (reads, mut reading) = tokio::sync::mpsc::unbounded_channel();
    let (release, released) = std::sync::mpsc::channel::<()>();
    let (read, released) = (Arc::clone(&hangs), Mutex::new(released));
    let source = SettingsSource::environment().without_environment().with(move |settings| {
        if read.load(Ordering::SeqCst) {
            reads.send(()).unwrap();
            let _ = released.lock().unwrap().recv();
        }
        settings
    });
    let control = scene.service().settings_from(source).build().unwrap().control();
    hangs.store(true, Ordering::SeqCst);
    let reload = tokio::spawn(async move { control.reload().await });
    reading.recv().await.unwrap();
    // Paused time stands still while a thread works.
    tokio::time::advance(Duration::from_secs(30)).await;
    let error = reload.await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "the settings could not be read within 30s");
    assert!(scene.order().is_empty(), "nothing is reset");
    drop(release);
}
