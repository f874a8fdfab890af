#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(ticks_between_runs = 10)]
    fn audit(&self) {}
}

fn main() {}
