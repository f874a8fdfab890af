#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

const PERIOD: bool = true;
const TEXT: String = String::new();

#[periodic_manager]
impl Compute {
    #[periodic_task(spacing = PERIOD)]
    fn audit(&self) {}

    #[periodic_task(retry(attempts = 3, backoff = PERIOD..TEXT), jitter = TEXT)]
    fn sync(&self) {}
}

fn main() {}
