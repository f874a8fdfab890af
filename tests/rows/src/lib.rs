//! A crate with tasks of its own: a manager, and one that takes in tasks from other crates.

// A task that is only listed needs nothing of its manager.
#![allow(clippy::unused_async, clippy::unused_self)]

use std::sync::atomic::{AtomicU32, Ordering};

use recurring::{periodic_manager, periodic_task};

/// A manager without a value; the catalogue still lists it.
#[derive(Debug)]
pub struct Listed;

#[periodic_manager]
impl Listed {
    /// Is only listed.
    #[periodic_task(spacing = 5)]
    fn listed_task(&self) {}
}

/// A manager whose tasks have names that are keywords in later editions.
#[derive(Debug)]
pub struct Earlier;

#[periodic_manager]
impl Earlier {
    #[periodic_task]
    async fn gen(&self) {}

    #[periodic_task(inline)]
    async fn r#async(&self) {}
}

/// A manager that takes in tasks from elsewhere.
#[derive(Debug, Default)]
pub struct Opened {
    /// How often its tasks ran.
    pub runs: AtomicU32,
}

#[periodic_manager(open)]
impl Opened {
    #[periodic_task(spacing = 10)]
    fn own(&self) {
        self.runs.fetch_add(1, Ordering::Relaxed);
    }
}

#[periodic_task(manager = Opened, spacing = 20)]
fn beside(opened: &Opened) {
    opened.runs.fetch_add(10, Ordering::Relaxed);
}
