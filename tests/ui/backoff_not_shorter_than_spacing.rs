#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(spacing = 30, retry(attempts = 3, backoff = "30s"))]
    async fn task_0(&self) {}

    #[periodic_task(retry(attempts = 3, backoff = "2m".."5m", jitter))]
    async fn task_1(&self) {}

    #[periodic_task(spacing = 0.5, retry(attempts = 3))]
    async fn task_2(&self) {}
}

fn main() {}
