#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(max_runs = 0)]
    fn zero(&self) {}

    #[periodic_task(max_runs = "three")]
    fn text(&self) {}
}

fn main() {}
