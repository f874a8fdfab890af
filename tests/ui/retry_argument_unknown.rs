#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(retry(tries = 3))]
    async fn task_0(&self) {}

    #[periodic_task(retry(attempts = 3, back_off = 5))]
    async fn task_1(&self) {}

    #[periodic_task(retry(3))]
    async fn task_2(&self) {}

    #[periodic_task(retry(attempts = "3"))]
    async fn task_3(&self) {}
}

fn main() {}
