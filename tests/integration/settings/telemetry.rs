//! The lines of a reload in `tracing`.

use std::time::Duration;

use periodic::settings::{Settings, SettingsWatch, TaskSettings};
use periodic_test_support::LogCapture;
use tracing::Level;

use super::effects::Running;
use super::place::Place;

/// The lines since this was asked last.
fn lines(said: &LogCapture, place: &Place) -> Vec<String> {
    said.take().iter().map(|line| place.said(line)).collect()
}

#[tokio::test(start_paused = true)]
async fn each_change_is_said_and_a_bad_file_once_with_all_its_mistakes() {
    let said = LogCapture::default().up_to(Level::INFO);
    let _guard = said.listen();
    let place = Place::new("");
    let running = Running::with(Settings::new()).await;
    // An event that another thread sent first, without a subscriber, is switched off until this.
    running.handle.reload(&Settings::new().task("poll", TaskSettings::new().enabled(false))).unwrap();
    running.handle.reload(&Settings::new()).unwrap();
    running.handle.reload(&Settings::new().task("missing", TaskSettings::new())).unwrap_err();
    running.handle.pause("poll").unwrap();
    tracing::callsite::rebuild_interest_cache();
    lines(&said, &place);

    let source = place.source(&[]);
    place.write("periodic_interval_max = 5\n[tasks.other]\nspacing = 200\ntimeout = 300\n");
    running.handle.reload(&source.read().unwrap()).unwrap();
    assert_eq!(
        lines(&said, &place),
        [
            "WARN message=this timeout is longer than the spacing, so runs can overlap: add a rule for that, as \
             in `overlap = skip` manager=\"Manager\" task=\"other\" origin=compute.toml:4: tasks.other.timeout",
            "INFO message=a setting changed manager=\"Manager\" task=\"other\" key=\"spacing\" before=1m40s after=3m20s",
            "INFO message=a setting changed manager=\"Manager\" task=\"other\" key=\"timeout\" before=none after=5m",
            "INFO message=a setting changed key=\"periodic_interval_max\" before=1m after=5s",
            "INFO message=the settings were read again changes=3",
        ]
    );

    let _watch = SettingsWatch::spawn(source, running.handle.clone(), Duration::from_secs(5));
    tokio::time::sleep(Duration::from_secs(11)).await;
    lines(&said, &place);
    place.write("report_interval = []\nservice_down_tim = 3");
    tokio::time::sleep(Duration::from_secs(100)).await;
    assert_eq!(
        lines(&said, &place),
        ["ERROR message=the new settings are refused; the old ones stay in force \
          error=compute.toml:1: report_interval: expected a duration, found an array\n\
          compute.toml:2: service_down_tim: unknown key; did you mean `service_down_time`?"]
    );
    std::fs::remove_file(place.file()).unwrap();
    tokio::time::sleep(Duration::from_secs(100)).await;
    let found = lines(&said, &place);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("cannot read the settings file `compute.toml`: No such file"), "{found:?}");
}
