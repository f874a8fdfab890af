//! The mutants that cargo-mutants lists, and the sample of them.

use std::error::Error;
use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::Options;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mutant {
    /// The number from 1 in the order of the list; 0 means none.
    #[serde(default)]
    pub id: u32,
    pub name: String,
    pub package: String,
    pub file: String,
    pub span: Span,
    pub replacement: String,
    pub genre: Genre,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub start: Place,
    pub end: Place,
}

/// A place, counted from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Genre {
    FnValue,
    BinaryOperator,
    UnaryOperator,
    MatchArm,
    MatchArmGuard,
    StructField,
}

impl Mutant {
    /// Returns the crate and the first module, such as `periodic-core/scheduler`.
    pub fn area(&self) -> String {
        let inside = self.file.split_once("/src/").map_or("", |(_, inside)| inside);
        match inside.split_once('/') {
            Some((module, _)) => format!("{}/{module}", self.package),
            None => self.package.clone(),
        }
    }
}

pub struct Listed {
    pub all: usize,
    /// The area of each mutant.
    pub areas: Vec<String>,
    pub drawn: Vec<Mutant>,
}

pub fn sample(options: &Options) -> Result<Listed, Box<dyn Error>> {
    let output = Command::new("cargo").args(["mutants", "--list", "--json", "--workspace"]).output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!(
            "`cargo mutants` failed; is version 27 installed, as by `cargo install cargo-mutants --locked`? {said}"
        )
        .into());
    }
    let mut mutants: Vec<Mutant> = serde_json::from_slice(&output.stdout)?;
    for (id, mutant) in (1..).zip(&mut mutants) {
        mutant.id = id;
    }
    if !options.only.is_empty() {
        mutants.retain(|mutant| options.only.iter().any(|part| mutant.name.contains(part)));
    }
    let areas = mutants.iter().map(Mutant::area).collect();
    let all = mutants.len();
    shuffle(&mut mutants, options.seed);
    mutants.truncate(options.sample);
    mutants.sort_by_key(|mutant| mutant.id);
    Ok(Listed { all, areas, drawn: mutants })
}

/// Shuffles by Fisher and Yates with SplitMix64: a list and a seed give the same sample on any machine.
fn shuffle(mutants: &mut [Mutant], mut seed: u64) {
    for left in (1..mutants.len()).rev() {
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = seed;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let other = usize::try_from(mixed % (left as u64 + 1)).expect("it is less than the length");
        mutants.swap(left, other);
    }
}
