#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

struct Driver;

struct Conductor {
    driver: Driver,
}

#[periodic_manager(include(driver))]
impl Conductor {}

fn main() {}
