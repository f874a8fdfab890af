#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
trait Base {
    #[periodic_task]
    fn report(&self) {}
}

impl Base for Compute {}

#[periodic_manager(inherit(Base))]
impl Compute {
    #[periodic_task(name = "report")]
    fn audit(&self) {}
}

fn main() {}
