#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(spacing = 60)]
    #[periodic_task(spacing = 90)]
    fn audit(&self) {}
}

fn main() {}
