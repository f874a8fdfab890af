#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(retry(attempts = 3, backoff = 0))]
    async fn task_0(&self) {}

    #[periodic_task(retry(attempts = 3, backoff = -1..5))]
    async fn task_1(&self) {}

    #[periodic_task(retry(attempts = 3, backoff = "30s".."1s"))]
    async fn task_2(&self) {}
}

fn main() {}
