#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(spaceing = 60)]
    fn near(&self) {}

    #[periodic_task(colour = "blue")]
    fn far(&self) {}

    #[periodic_task(fixedDelay = 5000)]
    fn from_elsewhere(&self) {}

    #[periodic_task(60)]
    fn without_a_name(&self) {}
}

fn main() {}
