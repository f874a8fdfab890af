#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl<T: Send + Sync + 'static> Compute {
    #[periodic_task]
    async fn sync(&self) {}

    #[periodic_task]
    fn audit(&self) {}
}

fn main() {}
