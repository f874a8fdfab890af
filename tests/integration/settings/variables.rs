//! Variables of the environment that are no settings, and those that are wrong.

use periodic::settings::SettingsSource;
use periodic_test_support::LogCapture;

use super::mistakes::refused_with;
use super::place::read_with;

#[test]
fn variables_that_kubernetes_injects_are_no_settings() {
    let injected = [
        ("PERIODIC_PORT", "tcp://10.96.0.7:80"),
        ("PERIODIC_PORT_80_TCP", "tcp://10.96.0.7:80"),
        ("PERIODIC_SERVICE_HOST", "10.96.0.7"),
        ("PERIODIC_SERVICE_PORT", "80"),
        ("PERIODIC_TASKS_SERVICE_PORT_HTTP", "80"),
        ("PERIODIC_REPORT_INTERVAL", "7"),
    ];
    let said = LogCapture::default();
    let _guard = said.listen();
    let settings = read_with("", &injected).unwrap();
    assert_eq!(settings.options().report_interval, std::time::Duration::from_secs(7));
    let said = said.containing("Kubernetes");
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("DEBUG") && said[0].contains("count=5"), "{said:?}");
    // Among mistakes they are none.
    let error = read_with("", &[injected[0], ("PERIODIC_COLOUR", "red")]).unwrap_err();
    assert!(error.contains("PERIODIC_COLOUR") && !error.contains("PERIODIC_PORT"), "{error}");
}

#[test]
fn variables_that_mean_nothing_are_refused() {
    let said = |name: &str, value: &str| read_with("", &[(name, value)]).unwrap_err();
    for (name, value, what) in [
        (
            "PERIODIC_TASKS__AUDIT",
            "5",
            "a task's variable must name a key, as in `PERIODIC_TASKS__AUDIT__SPACING`",
        ),
        ("PERIODIC_TASKS__AUDIT__SPACIN", "5", "unknown key; did you mean `SPACING`?"),
        (
            "PERIODIC_COLOUR",
            "red",
            "no option has this variable; variables of tasks are called `PERIODIC_TASKS__NAME__KEY`",
        ),
        ("PERIODIC_PERIODIC_ENABLE", "true", "no option has this variable; did you mean `PERIODIC_ENABLE`?"),
        ("PERIODIC_ENABLE", "yes", "`yes`: expected true or false"),
        (
            "PERIODIC_TASKS__AUDIT__MAX_RUNS",
            "many",
            "`many`: expected a whole number, at least 1, or \"none\"",
        ),
        (
            "PERIODIC_TASKS__AUDIT__TIMEOUT",
            "5 parsecs",
            "`5 parsecs`: this unit is not known: the units are w, d, h, m, s, ms, us and ns",
        ),
    ] {
        assert_eq!(said(name, value), format!("{name}: {what}"));
    }
    assert_eq!(
        refused_with("", &[("PERIODIC_TASKS__COMPUTEMANAGER__SYNC_POWR_STATES__SPACING", "5")]),
        "PERIODIC_TASKS__COMPUTEMANAGER__SYNC_POWR_STATES__SPACING: no task is called \
         `COMPUTEMANAGER__SYNC_POWR_STATES`; did you mean `ComputeManager.sync_power_states`?"
    );
}

#[cfg(unix)]
#[test]
fn a_value_that_is_not_unicode_is_refused() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;

    let variable = (OsString::from("PERIODIC_REPORT_INTERVAL"), OsString::from_vec(vec![0xFF]));
    let error = SettingsSource::environment().variables([variable]).read().unwrap_err();
    assert_eq!(error.to_string(), "PERIODIC_REPORT_INTERVAL: the value is not Unicode");
}
