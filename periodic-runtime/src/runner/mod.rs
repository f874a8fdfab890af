//! The runner: sleeps until something is due, starts it, reports its end.

mod builder;
pub mod context;
pub(crate) mod events;
mod execute;
mod handle;
#[expect(clippy::module_inception, reason = "the file is named as the type in it")]
mod runner;
mod serve;
mod state;

pub use builder::RunnerBuilder;
pub use events::watch;
pub use handle::{Activity, Handle};
pub use runner::Runner;
pub use serve::Stopped;

pub(crate) use handle::ActiveFor;
