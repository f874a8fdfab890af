#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager(include(driver))]
impl Compute {}

fn main() {}
