#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

const MINUTES: u64 = 3;
const PERIOD: u64 = MINUTES - 5;

#[periodic_manager(open)]
impl Compute {
    #[periodic_task(spacing = PERIOD)]
    fn audit(&self) {}
}

#[periodic_task(manager = Compute, timeout = PERIOD)]
fn sync(manager: &Compute) {}

#[periodic_manager]
trait Base {
    #[periodic_task(spacing = PERIOD)]
    fn watch(&self) {}
}

fn main() {}
