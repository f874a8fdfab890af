#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[cfg(all())]
    #[periodic_task(name = "report")]
    fn audit(&self) {}

    #[cfg(not(any()))]
    #[periodic_task]
    fn report(&self) {}
}

fn main() {}
