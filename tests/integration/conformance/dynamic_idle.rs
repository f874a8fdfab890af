use std::ops::ControlFlow::{Break, Continue};

use periodic::looping::{Dynamic, LoopError};
use serde::Deserialize;

use super::sleeps::{duration, heard, same};
use super::vector::Vector;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    suggested: Option<f64>,
    periodic_interval_max: Option<f64>,
    sleep: Option<f64>,
    error: Option<String>,
}

impl Vector for Row {
    fn replay(&self) -> Result<(), String> {
        let suggested = self.suggested.map(duration);
        let looping = match self.periodic_interval_max {
            Some(max) => Dynamic::at_most(duration(max)),
            None => Dynamic::unbounded(),
        };
        let mut answers = [Continue(suggested), Break(())].into_iter();
        let (end, heard) = heard(async {
            let call = looping.start(move || {
                let answer = answers.next().expect("it has ended");
                async move { answer }
            });
            call.unwrap().wait().await
        });
        let right = match (self.sleep, &self.error) {
            // A negative suggestion of the original is no sleep.
            (Some(sleep), None) => end.is_ok() && same(&heard.sleeps, &[sleep.max(0.0)]),
            (None, Some(_)) => end == Err(LoopError::NoDelay),
            _ => return Err("a row has either a sleep or an error".into()),
        };
        if right { Ok(()) } else { Err(format!("here {end:?} after {:?}", heard.sleeps)) }
    }
}
