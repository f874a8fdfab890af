#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

trait Base {
    fn report(&self);
}

#[periodic_manager]
impl Base for Compute {
    #[periodic_task]
    fn report(&self) {}
}

fn main() {}
