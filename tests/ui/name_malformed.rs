#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(name = "")]
    fn empty(&self) {}

    #[periodic_task(name = "driver.poll")]
    fn dotted(&self) {}

    #[periodic_task(name = "poll nodes")]
    fn spaced(&self) {}

    #[periodic_task(name = poll)]
    fn unquoted(&self) {}
}

fn main() {}
