use std::time::Duration;

use periodic::settings::ServiceOptions;
use serde::Deserialize;

use super::vector::Vector;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    report_interval: u64,
    service_down_time: u64,
    effective: u64,
}

impl Vector for Row {
    fn replay(&self) -> Result<(), String> {
        let mut options = ServiceOptions::default();
        options.report_interval = Duration::from_secs(self.report_interval);
        options.service_down_time = Duration::from_secs(self.service_down_time);
        let here = periodic::service::down_time(&options);
        if here == Duration::from_secs(self.effective) { Ok(()) } else { Err(format!("here {here:?}")) }
    }
}
