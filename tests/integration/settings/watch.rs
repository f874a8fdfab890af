use std::time::Duration;

use periodic::settings::{Settings, SettingsWatch};

use super::effects::Running;
use super::place::Place;

/// Begins to watch, and waits until the first look is over.
async fn watch(running: &Running, place: &Place) -> SettingsWatch {
    let watch = SettingsWatch::spawn(place.source(&[]), running.handle.clone(), Duration::from_secs(5));
    look().await;
    watch
}

/// Waits until a look that begins now or later is over.
async fn look() {
    tokio::time::sleep(Duration::from_secs(11)).await;
}

fn spacing(running: &Running) -> String {
    running.handle.status_of("other").unwrap().spec().schedule.to_string()
}

#[tokio::test(start_paused = true)]
async fn a_file_that_changes_is_put_in_force() {
    let place = Place::new("tasks.other.spacing = 50");
    let running = Running::with(Settings::new()).await;
    let watch = watch(&running, &place).await;
    assert_eq!(spacing(&running), "every 50s", "what changed before the first look");
    place.write("tasks.other.spacing = 60");
    look().await;
    assert_eq!(spacing(&running), "every 1m", "the same length, at about the same time");
    drop(watch);
    tokio::task::yield_now().await;
    place.write("tasks.other.spacing = 70");
    look().await;
    assert_eq!(spacing(&running), "every 1m", "no watcher is left");
}

#[tokio::test(start_paused = true)]
async fn a_bad_file_keeps_the_old_settings_until_it_is_mended() {
    let place = Place::new("tasks.other.spacing = 50");
    let running = Running::with(Settings::new()).await;
    let _watch = watch(&running, &place).await;
    place.write("tasks.other.spacing = 60\ntasks.poll.spacin = 5");
    look().await;
    assert_eq!(spacing(&running), "every 50s");
    std::fs::remove_file(place.file()).unwrap();
    look().await;
    assert_eq!(spacing(&running), "every 50s", "a file that is gone is bad too");
    place.write("tasks.other.spacing = 70");
    look().await;
    assert_eq!(spacing(&running), "every 1m10s");
}

#[cfg(unix)]
#[tokio::test(start_paused = true)]
async fn a_file_that_is_replaced_and_a_link_that_is_turned_are_seen() {
    let place = Place::new("");
    let (one, two) = (place.directory().join("one.toml"), place.directory().join("two.toml"));
    std::fs::write(&one, "tasks.other.spacing = 50").unwrap();
    std::fs::write(&two, "tasks.other.spacing = 60").unwrap();
    std::fs::remove_file(place.file()).unwrap();
    std::os::unix::fs::symlink(&one, place.file()).unwrap();
    let running = Running::with(Settings::new()).await;
    let _watch = watch(&running, &place).await;
    assert_eq!(spacing(&running), "every 50s");
    let link = place.directory().join("link");
    std::os::unix::fs::symlink(&two, &link).unwrap();
    std::fs::rename(&link, place.file()).unwrap();
    look().await;
    assert_eq!(spacing(&running), "every 1m");
    std::fs::write(&one, "tasks.other.spacing = 70").unwrap();
    std::fs::rename(&one, place.file()).unwrap();
    look().await;
    assert_eq!(spacing(&running), "every 1m10s");
}

#[cfg(unix)]
#[tokio::test(start_paused = true)]
async fn a_file_that_becomes_a_pipe_does_not_end_the_watch() {
    let place = Place::new("tasks.other.spacing = 50");
    let running = Running::with(Settings::new()).await;
    let _watch = watch(&running, &place).await;
    std::fs::remove_file(place.file()).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(place.file()).status().unwrap().success());
    look().await;
    assert_eq!(spacing(&running), "every 50s");
    std::fs::remove_file(place.file()).unwrap();
    place.write("tasks.other.spacing = 60");
    look().await;
    assert_eq!(spacing(&running), "every 1m");
}

#[tokio::test(start_paused = true)]
async fn what_was_done_by_hand_outlasts_looks_that_find_nothing_new() {
    let place = Place::new("tasks.other.spacing = 50");
    let running = Running::with(Settings::new()).await;
    let _watch = watch(&running, &place).await;
    running.handle.set_spacing("other", periodic::task::Interval::from_secs(33)).unwrap();
    look().await;
    assert_eq!(spacing(&running), "every 33s");
}
