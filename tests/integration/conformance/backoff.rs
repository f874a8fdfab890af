use std::ops::ControlFlow::{Break, Continue};

use periodic::looping::{Backoff, End, LoopError, Looping};
use serde::Deserialize;
use serde_json::Value;

use super::sleeps::{duration, heard, same};
use super::vector::Vector;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    gauss: Vec<f64>,
    returns: Vec<Value>,
    args: Args,
    sleeps: Vec<f64>,
    result: Option<Value>,
    timeout: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Args {
    starting_interval: Option<f64>,
    min_interval: Option<f64>,
    max_interval: Option<f64>,
    timeout: Option<f64>,
    jitter: Option<f64>,
}

impl Vector for Row {
    fn replay(&self) -> Result<(), String> {
        let mut draws = self.gauss.clone().into_iter();
        let looping = self.args.looping().gauss(move |_, _| draws.next().unwrap_or(f64::MAX));
        let mut returns = self.returns.clone().into_iter();
        let (end, heard) = heard(async {
            let call = looping.start(move || {
                let returned = returns.next();
                async move {
                    match returned {
                        Some(Value::Bool(succeeded)) => Ok(Continue(succeeded)),
                        Some(Value::Null) => Ok(Continue(false)),
                        Some(Value::String(done)) if done == "done" => Ok(Break(())),
                        other => Err(format!("the callback cannot return {other:?}")),
                    }
                }
            });
            call.unwrap().wait().await
        });
        if !same(&heard.sleeps, &self.sleeps) {
            return Err(format!("the sleeps here are {:?}, then {end:?}", heard.sleeps));
        }
        match (&self.result, &self.timeout, end) {
            (Some(_), None, Ok(End::Value(()))) => Ok(()),
            (None, Some(recorded), Err(LoopError::TimedOut { after, .. }))
                if (seconds(recorded)? - after.as_secs_f64()).abs() <= 0.005 + 1e-9 =>
            {
                Ok(())
            }
            (_, _, end) => Err(format!("here it ends in {end:?}")),
        }
    }
}

impl Args {
    fn looping(&self) -> Looping<Backoff> {
        let mut looping = Backoff::starting_at(duration(self.starting_interval.unwrap_or(1.0)));
        if let Some(least) = self.min_interval {
            looping = looping.min_interval(duration(least));
        }
        if let Some(greatest) = self.max_interval {
            looping = looping.max_interval(duration(greatest));
        }
        if let Some(timeout) = self.timeout {
            looping = looping.timeout(duration(timeout));
        }
        match self.jitter {
            Some(jitter) => looping.jitter(jitter),
            None => looping,
        }
    }
}

/// The seconds in "Looping call timed out after 411.99 seconds".
fn seconds(text: &str) -> Result<f64, String> {
    let number = text.split_whitespace().rev().nth(1);
    number.and_then(|number| number.parse().ok()).ok_or_else(|| format!("`{text}` tells no time"))
}
