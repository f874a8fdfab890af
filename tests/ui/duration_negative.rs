#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(timeout = -1, initial_delay = "-5s", grace = -0.5)]
    fn audit(&self) {}
}

fn main() {}
