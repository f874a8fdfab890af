use std::ops::ControlFlow::{Break, Continue};

use periodic::looping::FixedInterval;
use serde::Deserialize;

use super::sleeps::{duration, heard};
use super::vector::Vector;

/// The original rounds to 10 ms, so it may sleep that much longer or shorter and miss an excess as long.
const ROUNDING: f64 = 0.01 + 1e-9;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    interval: f64,
    elapsed: f64,
    sleep: f64,
    warn: Option<String>,
}

impl Vector for Row {
    fn replay(&self) -> Result<(), String> {
        let elapsed = duration(self.elapsed);
        let mut calls = 0;
        let (end, heard) = heard(async {
            let call = FixedInterval::every(duration(self.interval)).start(move || {
                calls += 1;
                async move {
                    if calls > 1 {
                        return Break(());
                    }
                    tokio::time::advance(elapsed).await;
                    Continue(())
                }
            });
            call.unwrap().wait().await
        });
        end.map_err(|error| error.to_string())?;
        let [sleep] = heard.sleeps[..] else { return Err(format!("the sleeps here are {:?}", heard.sleeps)) };
        if (sleep - self.sleep).abs() > ROUNDING {
            return Err(format!("the sleep here is {sleep}"));
        }
        let recorded = self.warn.as_deref().map(excess).transpose()?;
        let right = match (heard.excess, recorded) {
            (Some(here), Some(recorded)) => (here - recorded).abs() <= ROUNDING,
            (None, None) => true,
            (Some(one), None) | (None, Some(one)) => one <= ROUNDING,
        };
        if right { Ok(()) } else { Err(format!("the excess here is {:?}", heard.excess)) }
    }
}

/// The seconds in "run outlasted interval by 0.40 sec".
fn excess(warning: &str) -> Result<f64, String> {
    let number = warning.split_whitespace().rev().nth(1);
    number.and_then(|number| number.parse().ok()).ok_or_else(|| format!("`{warning}` tells no excess"))
}
