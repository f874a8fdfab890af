#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

trait Request: Send + Sync {}

#[periodic_manager(context = dyn Request)]
impl Compute {
    #[periodic_task]
    async fn audit(&self, request: &dyn Request) {}
}

struct Second;

#[periodic_manager(context = str, owner = _)]
impl Second {
    #[periodic_task]
    async fn audit(&self, request: &str) {}
}

struct Third;

#[periodic_manager(context = impl Clone)]
impl Third {
    #[periodic_task]
    async fn audit(&self) {}
}

fn main() {}
