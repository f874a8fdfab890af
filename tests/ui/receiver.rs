#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

use std::pin::Pin;
use std::sync::Arc;

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task]
    fn exclusive(&mut self) {}

    #[periodic_task]
    fn exclusive_by_type(self: &mut Self) {}

    #[periodic_task]
    fn by_value(self) {}

    #[periodic_task]
    fn by_value_and_type(mut self: Self) {}

    #[periodic_task]
    fn owning(self: Arc<Self>) {}

    #[periodic_task]
    fn reference_to_an_owning_one(self: &Arc<Self>) {}

    #[periodic_task]
    fn reference_to_a_reference(self: &&Self) {}

    #[periodic_task]
    fn pinned(self: Pin<&Self>) {}

    #[periodic_task]
    fn none() {}
}

fn main() {}
