//! Attribute tokens → typed arguments, each with the tokens that the user wrote.
//!
//! An argument is a field of [`TaskArgs`] or [`ManagerArgs`] whose type is [`Once`] around a [`Value`]. A new argument
//! needs the field, its line in the `read` of that struct, and a type if its form is new.

mod borrowed;
mod choice;
mod constant;
mod cron;
mod dst;
mod duration;
mod foreign;
mod include;
mod jitter;
mod list;
mod manager;
mod once;
mod retry;
mod task;
mod value;
#[cfg(not(feature = "cron"))]
mod without_cron;
mod zone;

pub(crate) use borrowed::{borrowed, is_static};
pub(crate) use choice::{From, Missed, Overlap};
pub(crate) use cron::Expression;
pub(crate) use dst::{Dst, Gap, Repeated};
pub(crate) use duration::Length;
pub(crate) use include::{Field, Inherited};
pub(crate) use jitter::Jitter;
#[cfg(feature = "remotable")]
pub(crate) use list::Arguments;
pub(crate) use list::read;
pub(crate) use manager::ManagerArgs;
pub(crate) use once::{Arg, Once};
pub(crate) use retry::Retry;
pub(crate) use task::TaskArgs;
pub(crate) use value::Value;
pub(crate) use zone::Zone;
