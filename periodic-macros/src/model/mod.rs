//! The user's item, without its inert attributes.
//!
//! The item is split by its tokens. `syn` reads the header, and the signatures and arguments of tasks; bodies, and
//! members that are no tasks, pass through unread. So they do not change, and the time is a third of a full parse.

mod attributes;
mod conditions;
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
    conditions::conditions,
    item::with_content,
    members::{RawMember, split_raw},
};
