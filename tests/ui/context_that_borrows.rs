#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

struct Request<'a>(&'a str);

#[periodic_manager(context = Request<'_>)]
impl Compute {
    #[periodic_task]
    fn audit(&self, request: &Request<'_>) {}
}

struct Second;

#[periodic_manager(context = &str, owner = Option<&'a u8>)]
impl Second {
    #[periodic_task]
    async fn audit(&self, request: &str) {}
}

fn main() {}
