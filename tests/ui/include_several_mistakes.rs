#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Conductor {
    driver: (),
    nodes: (),
}

#[periodic_manager(include(driver(without(poll)), "nodes", nodes(except(5, a.b)), driver, driver))]
impl Conductor {}

fn main() {}
