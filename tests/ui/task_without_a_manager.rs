#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_task(spacing = 60)]
async fn audit() {}

fn main() {}
