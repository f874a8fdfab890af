#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(overlap = replace)]
    fn audit(&self) {}
}

fn main() {}
