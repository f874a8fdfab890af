//! `test_opts.py`, and the options in the tests of the launchers. A program's code sets its defaults.

use std::time::Duration;

use periodic::Settings;
use periodic::settings::ServiceOptions;

fn options(log_options: bool, grace: u64) -> Settings {
    Settings::new().service(|options| {
        options.log_options = log_options;
        options.graceful_shutdown_timeout = Duration::from_secs(grace);
    })
}

fn seen(settings: &Settings) -> (bool, u64) {
    let ServiceOptions { log_options, graceful_shutdown_timeout, .. } = *settings.options();
    (log_options, graceful_shutdown_timeout.as_secs())
}

#[test]
fn test_set_defaults_for_multiple_options() {
    assert_eq!(seen(&options(false, 120)), (false, 120));
}

#[test]
fn test_set__defaults_for_single_option() {
    let settings =
        Settings::new().service(|options| options.graceful_shutdown_timeout = Duration::from_secs(30));
    assert_eq!(seen(&settings), (true, 30));
}

#[test]
fn test_service_opts_multiple_registration_same_conf() {
    let again = options(false, 120).service(|options| {
        options.log_options = true;
        options.graceful_shutdown_timeout = Duration::from_secs(100);
    });
    assert_eq!(seen(&again), (true, 100));
}

#[test]
fn test_service_opts_multiple_registration_different_conf() {
    let (first, second) = (options(false, 120), options(true, 180));
    assert_eq!((seen(&first), seen(&second)), ((false, 120), (true, 180)));
}

#[test]
fn test_graceful_shutdown_timeout_is_registered() {
    assert_eq!(seen(&Settings::new()), (true, 60));
    assert_eq!(seen(&options(true, 50)), (true, 50));
}
