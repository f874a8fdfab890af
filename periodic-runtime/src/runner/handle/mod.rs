//! Controls a runner, and answers what is asked of it.

mod activity;
mod control;
mod introspect;
mod reload;

pub use activity::Activity;
pub use control::Handle;
pub(crate) use introspect::ActiveFor;
