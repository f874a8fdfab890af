#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

struct Open;

#[periodic_manager(open)]
impl Open {}

#[periodic_task(manager = Compute)]
async fn sync(manager: &Compute) {}

#[periodic_task(manager = Compute)]
fn audit(manager: &Compute, run: &periodic::task::Run) {}

fn main() {}
