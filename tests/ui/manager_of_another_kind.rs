#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

trait Driver: Send + Sync {}

#[periodic_manager]
impl &Compute {
    #[periodic_task]
    fn audit(&self) {}
}

#[periodic_manager(name = "static")]
impl &'static Compute {
    #[periodic_task]
    async fn audit(&self) {}
}

#[periodic_manager]
impl (Compute, Compute) {
    #[periodic_task]
    fn audit(&self) {}
}

#[periodic_manager]
impl dyn Driver {
    #[periodic_task]
    fn audit(&self) {}
}

fn main() {}
