#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

const PERIOD: bool = true;

#[periodic_manager]
impl Compute {
    #[periodic_task(spacing = PERIOD)]
    fn audit(&self) {}
}

fn main() {}
