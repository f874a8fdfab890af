#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(retry)]
    async fn task_0(&self) {}

    #[periodic_task(retry = 3)]
    async fn task_1(&self) {}
}

fn main() {}
