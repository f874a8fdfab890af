#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

use periodic::task::Run;

struct Request;

struct Compute;

#[periodic_manager(context = &'static Request)]
impl Compute {
    #[periodic_task]
    fn borrowed(&self, request: &Request) {}

    #[periodic_task]
    async fn copied(&self, request: &'static Request) {}

    #[periodic_task]
    async fn as_it_is(&self, request: &&'static Request) {}
}

struct Second;

#[periodic_manager(context = Request)]
impl Second {
    #[periodic_task]
    fn context(&self, request: &'static Request) {}

    #[periodic_task]
    async fn run(&self, run: &'static Run) {}

    #[periodic_task]
    async fn manager(&'static self) {}
}

fn main() {}
