#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(overlap = allow)]
    fn overlap(&self) {}

    #[periodic_task(missed = all())]
    fn missed(&self) {}
}

fn main() {}
