#![allow(unused)]

mod compute {
    use periodic::{periodic_manager, periodic_task};

    struct Request;

    pub struct Compute;

    #[periodic_manager(context = Request)]
    impl Compute {
        #[periodic_task]
        fn sync(&self, request: &Request) {}
    }
}

fn main() {}
