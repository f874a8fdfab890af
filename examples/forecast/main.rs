//! The load of two real services, as they are declared and spread: `cargo run --example forecast`.
//!
//! `--service nova-compute` takes one of them, `--horizon 24h` looks further, `--svg FILE` draws what is printed.

// A program's own output.
#![allow(clippy::print_stdout)]

use std::error::Error;

use lexopt::prelude::*;

mod picture;
mod service;
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
        println!("{forecast}");
    }
    if let Some(file) = file {
        std::fs::write(&file, picture::of(&forecasts))?;
        println!("drawn to {}", file.display());
    }
    Ok(())
}
