#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

impl Compute {
    #[periodic_task(spacing = 60)]
    fn audit(&self) {}
}

fn main() {}
