#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager(include(driver), inherit(Base), open, name = "base")]
trait Driver {
    #[periodic_task]
    fn poll(&self);
}

fn main() {}
