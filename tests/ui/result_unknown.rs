#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task]
    fn number(&self) -> u8 {
        3
    }

    #[periodic_task]
    async fn option(&self) -> Option<()> {
        None
    }

    #[periodic_task]
    fn future(&self) -> impl Future<Output = ()> + Send {
        async {}
    }
}

fn main() {}
