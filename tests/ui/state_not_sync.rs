#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::mpsc::Receiver;

use periodic::task::Run;

struct Counting(Cell<u32>);

#[periodic_manager]
impl Counting {
    #[periodic_task]
    fn plain(&self) {}

    #[periodic_task]
    async fn spawned(&self, run: &Run) {
        std::future::ready(()).await;
        self.0.set(3);
    }

    #[periodic_task(inline)]
    async fn inline(&self) {
        std::future::ready(()).await;
        self.0.set(3);
    }
}

struct Sound;

#[periodic_manager]
impl Sound {}

struct Listing {
    list: RefCell<Vec<u32>>,
    sound: Sound,
}

#[periodic_manager(include(sound))]
impl Listing {
    #[periodic_task]
    async fn spawned(&self) {
        std::future::ready(()).await;
        self.list.borrow_mut().push(3);
    }
}

struct Sharing(Option<Rc<u32>>);

#[periodic_manager]
impl Sharing {
    #[periodic_task]
    async fn first(&self) {
        std::future::ready(()).await;
        drop(self.0.clone());
    }

    #[periodic_task]
    async fn second(&self) {
        std::future::ready(()).await;
        drop(self.0.clone());
    }
}

struct Receiving(Receiver<u8>);

#[periodic_manager]
impl Receiving {
    #[periodic_task]
    fn receive(&self) {}
}

struct Calling(Box<dyn Fn()>);

#[periodic_manager]
impl Calling {
    #[periodic_task]
    async fn call(&self) {
        std::future::ready(()).await;
        (self.0)();
    }
}

struct Pointing(*const u8);

#[periodic_manager]
impl Pointing {
    #[periodic_task]
    async fn point(&self) {}
}

// The uses of a manager are no second mistake.
fn run(manager: Counting) {
    let _ = periodic::Runner::builder(manager);
}

fn main() {}
