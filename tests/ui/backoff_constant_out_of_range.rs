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
}

fn main() {}
