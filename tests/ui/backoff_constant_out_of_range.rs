#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

const NOTHING: u64 = 0;
const SHORT: &str = "1s";
const LONG: &str = "30s";

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(retry(attempts = 3, backoff = NOTHING..LONG))]
    async fn nothing(&self) {}

    #[periodic_task(retry(attempts = 3, backoff = LONG..SHORT))]
    async fn shrinks(&self) {}

    #[periodic_task(retry(attempts = 3, backoff = 5..SHORT))]
    async fn shrinks_from_a_literal(&self) {}

    #[periodic_task(retry(attempts = 3, backoff = 1..NOTHING))]
    async fn up_to_nothing(&self) {}

    #[periodic_task(spacing = 30, retry(attempts = 3, backoff = LONG))]
    async fn not_shorter_than_the_spacing(&self) {}

    #[periodic_task(spacing = SHORT, retry(attempts = 3))]
    async fn not_shorter_by_default(&self) {}

    #[periodic_task(spacing = 30, retry(attempts = 3, backoff = LONG, jitter))]
    async fn shorter_by_its_jitter(&self) {}
}

fn main() {}
