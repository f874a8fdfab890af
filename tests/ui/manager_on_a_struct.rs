#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
struct Other;

#[periodic_manager]
struct Fields {
    field: u8,
}

fn main() {}
