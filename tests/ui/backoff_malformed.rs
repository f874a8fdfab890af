#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(retry(attempts = 3, backoff = 1..=30))]
    async fn task_0(&self) {}

    #[periodic_task(retry(attempts = 3, backoff = 1..))]
    async fn task_1(&self) {}

    #[periodic_task(retry(attempts = 3, backoff = "1s..30s"))]
    async fn task_2(&self) {}

    #[periodic_task(retry(attempts = 3, backoff))]
    async fn task_3(&self) {}
}

fn main() {}
