#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(spacng = 60, timeout = "5x", overlap = none, jitter = 5%, run_immediatly)]
    fn arguments(&mut self) {}

    #[periodic_task(from = finish, overlap = replace, blocking, inline)]
    async fn combinations(&self, run: &mut u8) {}

    #[periodic_task(name = "sound")]
    fn name(&self) {}

    #[periodic_task]
    fn sound(&self) {}
}

fn main() {}
