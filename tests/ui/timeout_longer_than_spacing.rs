#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(spacing = 60, timeout = "2m")]
    fn stated(&self) {}

    #[periodic_task(timeout = "2m")]
    fn by_default(&self) {}

    #[periodic_task(spacing = 60, timeout = "2m", overlap = skip)]
    fn allowed(&self) {}

    #[periodic_task(spacing = 300s, timeout = 90)]
    fn spacing_with_a_mistake_in_it(&self) {}
}

fn main() {}
