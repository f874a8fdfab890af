//! Managers: values whose methods are tasks, and the types in which a task's call is written.
//!
//! [`PeriodicManager`] has two halves. `collect` is called once, at start, and lists rows; `call` runs one of them.
//! `#[periodic_manager]` generates both; they can also be written by hand.

mod call;
// Public as `manager::Collector`.
pub(crate) mod collector;
mod containers;
mod given;
mod include;
mod inherit;
mod open;
mod output;
mod periodic_manager;
pub(crate) mod problems;
mod provide;
mod shared;
mod tasks;

pub use call::{Call, TaskFuture};
pub use collector::Collector;
pub use given::Given;
pub use output::TaskOutput;
pub use periodic_manager::PeriodicManager;

// Items that only generated code names; it reaches them through `private`.
#[doc(hidden)]
pub use given::{ByContext, ByOwner, ByRun, Gives};
#[doc(hidden)]
pub use inherit::{CallsTasks, InheritedTasks, Inherits, TraitTasks, inherited};
#[doc(hidden)]
pub use open::{OpenCall, OpenManager, OpenTable, OpenTask, call_open};
#[doc(hidden)]
pub use provide::{ProvidesContext, ProvidesOwner, delegate};
#[doc(hidden)]
pub use shared::{Assumed, CHECKED, OrNot, Probe, Shared, Unshared, by_tasks, shareable};
#[doc(hidden)]
pub use tasks::Tasks;
