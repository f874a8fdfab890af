use std::time::Duration;

use periodic::retry::RetryCall;
use serde::Deserialize;
use serde_json::Value;

use super::sleeps::{duration, heard, same};
use super::vector::Vector;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    calls: Vec<String>,
    args: Args,
    sleeps: Vec<f64>,
    retry_count: usize,
    /// The original's own counter: it grows beyond the ceiling, and nothing sleeps for it.
    #[serde(rename = "sleep_time")]
    _sleep_time: f64,
    result: Option<Value>,
    raises: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Args {
    max_retry_count: Option<i64>,
    inc_sleep_time: Option<f64>,
    max_sleep_time: Option<f64>,
}

impl Vector for Row {
    fn replay(&self) -> Result<(), String> {
        // -1 is the original's word for no limit; here the first call counts, and 0 means none.
        let attempts = u32::try_from(self.args.max_retry_count.unwrap_or(-1) + 1)
            .map_err(|error| format!("max_retry_count: {error}"))?;
        let retry = RetryCall::new()
            .attempts(attempts)
            .increment(self.args.inc_sleep_time.map_or(Duration::from_secs(10), duration))
            .ceiling(self.args.max_sleep_time.map_or(Duration::from_secs(60), duration))
            .when(|error: &String| error == "E");
        // A second call of the same retry is as good as the first: in the original its counters leak.
        for which in ["first", "second"] {
            let mut calls = self.calls.iter();
            let mut count = 0;
            let (end, heard) = heard(retry.call(|| {
                count += 1;
                let answer = match calls.next().map(String::as_str) {
                    Some(error @ ("E" | "U")) => Err(error.to_owned()),
                    Some(value) => Ok(value),
                    None => Err("it was called too often".into()),
                };
                async move { answer }
            }));
            let same_end = match (&end, &self.result, &self.raises) {
                (Ok(value), Some(result), None) => result == value,
                (Err(error), None, Some(raises)) => error == raises,
                _ => false,
            };
            if !same_end || !same(&heard.sleeps, &self.sleeps) || count != self.retry_count + 1 {
                return Err(format!("the {which} call ends in {end:?} after {:?}", heard.sleeps));
            }
        }
        Ok(())
    }
}
