#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

struct Conductor {
    driver: Option<Compute>,
}

#[periodic_manager]
impl Compute {}

#[periodic_manager(include(driver(without(poll))))]
impl Conductor {}

fn main() {}
