#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(spaceing = 60)]
    fn near(&self) {}

    #[periodic_task(colour = "blue")]
    fn far(&self) {}
}

fn main() {}
