#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

use std::sync::Arc;

use periodic::task::Run;

struct Compute;

#[periodic_manager(context = Arc<String>)]
impl Compute {
    #[periodic_task]
    fn optional(&self, run: Option<&Run>) {}

    #[periodic_task]
    fn shared(&self, run: Arc<Run>) {}

    #[periodic_task]
    fn context(&self, context: Arc<String>) {}
}

fn main() {}
