//! The load of two real services, as declared and spread: `cargo run --example forecast`.
//!
//! `--service nova-compute` selects one of them, `--horizon 24h` changes the horizon, `--svg FILE` draws the output.

use std::error::Error;

use lexopt::prelude::*;

use self::stdout::say;

mod picture;
mod service;
#[path = "../stdout/mod.rs"]
mod stdout;
#[path = "../tables/mod.rs"]
mod tables;

fn main() -> Result<(), Box<dyn Error>> {
    let mut horizon = String::from(picture::HORIZON);
    let mut only = None;
    let mut file = None;
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("horizon") => horizon = arguments.value()?.string()?,
            Long("service") => only = Some(arguments.value()?.string()?),
            Long("svg") => file = Some(arguments.value()?),
            _ => return Err(argument.unexpected().into()),
        }
    }
    let forecasts = picture::forecasts(only.as_deref(), &horizon)?;
    for forecast in &forecasts {
        say(forecast);
    }
    if let Some(file) = file {
        std::fs::write(&file, picture::of(&forecasts))?;
        say(format_args!("drawn to {}", file.display()));
    }
    Ok(())
}
