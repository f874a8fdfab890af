#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

use std::cell::Cell;
use std::marker::PhantomData;

use periodic::task::Run;

struct Pool<T>(T);

#[periodic_manager]
impl<T> Pool<T> {
    #[periodic_task]
    fn plain(&self) {}

    #[periodic_task]
    async fn spawned(&self, run: &Run) {
        std::future::ready(()).await;
        let _ = &self.0;
    }
}

struct Queue<T, U, const N: usize>([T; N], U);

#[periodic_manager]
impl<T: Clone, U, const N: usize> Queue<T, U, N>
where
    U: Iterator<Item = T> + 'static,
{
    #[periodic_task(inline)]
    async fn inline(&self) {
        std::future::ready(()).await;
        let _ = &self.0;
    }
}

struct Borrowing<T>(PhantomData<T>);

#[periodic_manager]
impl<T: Send + Sync> Borrowing<T> {
    #[periodic_task]
    async fn spawned(&self) {}
}

struct Counting<T>(Cell<T>);

#[periodic_manager]
impl<T: Send + Sync + 'static> Counting<T> {
    #[periodic_task]
    async fn spawned(&self) {
        std::future::ready(()).await;
        let _ = &self.0;
    }
}

struct Given<C>(PhantomData<fn(C)>);

#[periodic_manager(context = C)]
impl<C: 'static> Given<C> {
    #[periodic_task]
    async fn spawned(&self, context: &C) {
        std::future::ready(()).await;
        let _ = context;
    }
}

// The uses of a manager are no second mistake.
fn run(pool: Pool<u8>, counting: Counting<u8>) {
    let _ = periodic::Runner::builder(pool);
}

fn main() {}
