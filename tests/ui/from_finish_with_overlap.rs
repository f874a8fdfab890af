#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(from = finish, overlap = queue)]
    fn overlap(&self) {}

    #[periodic_task(from = finish, missed = skip)]
    fn missed(&self) {}

    #[periodic_task(from = finish, align)]
    fn align(&self) {}
}

fn main() {}
