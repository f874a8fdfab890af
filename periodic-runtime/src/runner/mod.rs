//! The runner: it sleeps until a task is due, starts it, and reports its end.

mod build;
mod builder;
mod context;
pub(crate) mod events;
mod execute;
mod handle;
mod runner;
mod serve;
mod state;

pub use builder::RunnerBuilder;
pub use events::watch;
pub use handle::{Activity, Handle};
pub use runner::Runner;
pub use serve::Stopped;

pub(crate) use context::DefaultContext;
pub(crate) use handle::ActiveFor;
