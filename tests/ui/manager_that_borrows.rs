#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

struct Borrowing<'a>(&'a str);

#[periodic_manager]
impl<'a> Borrowing<'a> {
    #[periodic_task]
    fn audit(&self) {}
}

fn main() {}
