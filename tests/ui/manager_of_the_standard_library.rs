#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

use std::sync::Arc;

struct Compute;

#[periodic_manager]
impl Vec<Compute> {
    #[periodic_task]
    fn audit(&self) {}

    #[periodic_task]
    async fn sync(&self) {}
}

#[periodic_manager]
impl std::sync::Arc<Compute> {
    #[periodic_task]
    fn audit(&self) {}
}

#[periodic_manager]
impl str {
    #[periodic_task]
    fn audit(&self) {}
}

fn main() {}
