#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

struct Conductor {
    driver: Driver,
}

struct Driver;

#[periodic_manager(owner = Compute)]
impl Driver {
    #[periodic_task]
    fn poll(&self, owner: &Compute) {}
}

#[periodic_manager(include(driver))]
impl Conductor {}

fn main() {}
