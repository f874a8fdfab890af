//! The handle: control of a runner, and its state.

mod activity;
mod control;
mod introspect;
mod reload;

pub use activity::Activity;
pub use control::Handle;
pub(crate) use introspect::ActiveFor;
