#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(retry(attempts = 3, attempts = 4))]
    async fn task_0(&self) {}

    #[periodic_task(retry(attempts = 3), retry(attempts = 4))]
    async fn task_1(&self) {}

    #[periodic_task(retry(attempts = 3, jitter, jitter))]
    async fn task_2(&self) {}
}

fn main() {}
