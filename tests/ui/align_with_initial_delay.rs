#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(align, initial_delay = 5)]
    fn audit(&self) {}
}

fn main() {}
