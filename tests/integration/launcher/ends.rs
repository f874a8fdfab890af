use super::child::{is_end, settings};
use super::process::Daemon;

/// Runs a daemon that ends by itself; returns its last line and its code.
fn end_of(scenario: &str, settings: &str) -> (String, Option<i32>) {
    let mut daemon = Daemon::start_with(scenario, settings, |command| command);
    let end = loop {
        let line = daemon.said();
        if let Some(end) = is_end(&line) {
            break end.to_owned();
        }
    };
    (end, daemon.code())
}

#[test]
fn why_it_does_not_start_is_said() {
    let (end, code) = end_of("cannot be made", &settings(""));
    assert_eq!((end.as_str(), code), ("a service cannot be made: no database", Some(1)));
    let (end, code) = end_of("cannot start", &settings(""));
    assert!(end.contains("`init_host` failed: test-daemon is another's"), "{end}");
    assert_eq!(code, Some(1));
}

#[test]
fn an_error_that_panics_when_it_is_printed_or_dropped_is_an_error() {
    let (end, code) = end_of("cannot be said", &settings(""));
    assert!(end.contains("the error's text cannot be made: it panicked"), "{end}");
    assert_eq!(code, Some(1));
    let (end, code) = end_of("both cannot be dropped", &settings(""));
    assert!(end.contains("no luck"), "{end}");
    assert_eq!(code, Some(1));
}

#[test]
fn bad_settings_have_a_code_of_their_own() {
    let (end, code) = end_of("heeds", &settings("report_intervall = 5"));
    assert!(end.contains("did you mean `report_interval`?"), "{end}");
    assert_eq!(code, Some(78));
    let (end, code) = end_of("heeds", &settings("[tasks.setable]\nspacing = 5"));
    assert!(end.contains("no task is called `setable`"), "{end}");
    assert_eq!(code, Some(78));
}

#[test]
fn a_service_that_ends_stops_the_others() {
    let (end, code) = end_of("two", &settings(""));
    assert!(end.contains("its endpoint `api` ended by itself: the port is taken"), "{end}");
    assert_eq!(code, Some(1));
}

#[test]
fn a_launcher_without_services_says_so() {
    let exit = periodic::Launcher::new().run();
    assert_eq!(exit.code(), 1);
    assert!(exit.to_string().contains("add one with `Launcher::service`"), "{exit}");
}

#[tokio::test]
async fn run_inside_a_runtime_names_the_way_out() {
    let exit = periodic::Launcher::new().run();
    assert_eq!(exit.code(), 1);
    assert!(exit.to_string().contains("await `Launcher::launch` instead"), "{exit}");
}
