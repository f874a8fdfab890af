#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(overlap = allow(0))]
    fn overlap(&self) {}

    #[periodic_task(missed = all(65536))]
    fn missed(&self) {}

    #[periodic_task(missed = all(0))]
    fn missed_of_none(&self) {}
}

fn main() {}
