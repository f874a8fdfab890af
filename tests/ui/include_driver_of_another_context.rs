#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

struct Conductor {
    driver: Driver,
}

struct Driver;

#[periodic_manager(context = u8)]
impl Driver {
    #[periodic_task]
    fn poll(&self, context: &u8) {}
}

#[periodic_manager(context = u16, include(driver))]
impl Conductor {}

fn main() {}
