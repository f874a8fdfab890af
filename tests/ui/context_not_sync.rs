#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

use std::cell::Cell;
use std::rc::Rc;

struct Request(Rc<u8>);

struct Compute;

#[periodic_manager(context = Request)]
impl Compute {
    #[periodic_task]
    fn plain(&self, request: &Request) {}

    #[periodic_task]
    async fn spawned(&self, request: &Request) {
        std::future::ready(()).await;
        drop(request.0.clone());
    }

    #[periodic_task(inline)]
    async fn inline(&self, request: &Request) {
        std::future::ready(()).await;
        drop(request.0.clone());
    }
}

struct Owner(Cell<u8>);

struct Driver;

#[periodic_manager(owner = Owner)]
impl Driver {
    #[periodic_task]
    async fn check(&self, owner: &Owner) {
        std::future::ready(()).await;
        owner.0.set(3);
    }
}

fn main() {}
