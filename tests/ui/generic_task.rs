#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task]
    fn audit<T>(&self) {}

    #[periodic_task]
    fn report(&self, text: &impl ToString) {}
}

fn main() {}
