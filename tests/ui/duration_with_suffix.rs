#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(spacing = 5m)]
    fn minutes(&self) {}

    #[periodic_task(timeout = 1.5s)]
    fn seconds(&self) {}

    #[periodic_task(spacing = 5_u64)]
    fn number(&self) {}
}

fn main() {}
