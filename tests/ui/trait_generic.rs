#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
trait Driver<T> {
    #[periodic_task]
    fn poll(&self);
}

fn main() {}
