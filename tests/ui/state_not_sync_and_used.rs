#![allow(unused)]

use periodic::{Runner, periodic_manager, periodic_task};

use std::cell::Cell;
use std::rc::Rc;
use std::sync::{Arc, MutexGuard};

struct Request(Cell<u8>);

struct Sharing {
    list: Rc<Vec<u32>>,
}

#[periodic_manager(open, context = Request)]
impl Sharing {
    #[periodic_task]
    async fn sync(&self, request: &Request) {
        std::future::ready(()).await;
        request.0.set(1);
    }
}

#[periodic_task(manager = Sharing)]
async fn audit(manager: &Sharing) {
    std::future::ready(()).await;
    drop(manager.list.clone());
}

struct Holding(MutexGuard<'static, u8>);

#[periodic_manager(open)]
impl Holding {}

// A user's use of a manager is no second mistake.
fn run(sharing: Sharing, holding: Holding) -> Result<(), periodic::Error> {
    Runner::builder_with(Arc::new(sharing), || Request(Cell::new(0))).build()?;
    Runner::builder(holding).build()?;
    Ok(())
}

fn main() {}
