use std::time::Duration;

use periodic_core::settings::ServiceOptions;

/// Returns the time without a heartbeat after which a service counts as down.
///
/// This is `service_down_time`, if that is longer than `report_interval`. Otherwise members would be down between two
/// heartbeats; then it is 2.5 times `report_interval`, rounded down to whole seconds, but at least one second.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use periodic_core::Settings;
/// use periodic_runtime::service::down_time;
///
/// let settings = Settings::new().service(|options| options.service_down_time = Duration::from_secs(10));
/// assert_eq!(down_time(settings.options()), Duration::from_secs(25));
/// ```
pub fn down_time(options: &ServiceOptions) -> Duration {
    let ServiceOptions { report_interval, service_down_time, .. } = *options;
    if service_down_time > report_interval {
        return service_down_time;
    }
    let adjusted = report_interval.saturating_mul(5) / 2;
    Duration::from_secs(adjusted.as_secs().max(1))
}
