#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task]
    fn exclusive(&mut self) {}

    #[periodic_task]
    fn by_value(self) {}

    #[periodic_task]
    fn owning(self: std::sync::Arc<Self>) {}

    #[periodic_task]
    fn none() {}
}

fn main() {}
