#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(inline)]
    async fn audit(&self) {
        let counter = std::rc::Rc::new(3);
        std::future::ready(()).await;
        drop(counter);
    }
}

fn main() {}
