//! What the user wrote, with the inert attributes taken off.
//!
//! The item is split by hand over its tokens. `syn` reads the header, and the signatures and arguments of
//! tasks; bodies, and members that are no tasks, pass through unread. That keeps them byte for byte what the
//! user wrote, and costs a third of parsing them.

mod attributes;
mod description;
mod function;
mod item;
mod manager;
mod mark;
mod members;
mod task;

pub(crate) use function::read_function;
pub(crate) use item::{Item, Rebuilt};
pub(crate) use manager::{Header, Manager, type_name};
pub(crate) use members::{Member, TaskMember};
pub(crate) use task::{Execution, Task};
#[cfg(feature = "remotable")]
pub(crate) use {
    attributes::RawAttribute,
    item::with_content,
    members::{RawMember, split_raw},
};
