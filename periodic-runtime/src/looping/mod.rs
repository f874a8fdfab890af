//! Calls that repeat outside any task table: at a fixed interval, after a delay from the callback, or with backoff.
//!
//! | kind | time of the next call |
//! | --- | --- |
//! | [`FixedInterval`] | on the grid that starts with the first call |
//! | [`FixedIntervalWithTimeout`] | the same, until a total time has passed |
//! | [`Dynamic`] | after the delay that the callback returned |
//! | [`Backoff`] | later and later while calls fail |
//!
//! Each kind creates a [`Looping`], which has the options that all kinds share. With a callback it becomes a
//! [`LoopingCall`], which can be started, stopped and waited for. [`CallOutput`] lists the return types of a callback.
//! The first call comes at the start, or after the initial delay.
//!
//! A looping call is one tokio task. It follows tokio's clock, which is monotonic: setting the wall clock has no
//! effect, and the time of a suspend may not count. Work of a service's table, with slots and a history, is better
//! declared with `#[periodic_task]`.
//!
//! # Examples
//! A plain return value continues the loop, `Break` ends it with a value, and state is moved into the callback:
//! ```
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use std::ops::ControlFlow;
//! use std::time::Duration;
//! use periodic_runtime::looping::FixedInterval;
//!
//! let mut polls = 0;
//! let call = FixedInterval::every(Duration::from_secs(5)).start(move || {
//!     polls += 1;
//!     async move { if polls < 3 { ControlFlow::Continue(()) } else { ControlFlow::Break(polls) } }
//! })?;
//! assert_eq!(call.wait().await?.value(), Some(3));
//! # Ok(())
//! # }
//! ```

mod backoff;
mod builder;
mod call;
mod callback;
mod dynamic;
mod error;
mod events;
mod fixed;
mod gauss;
mod output;
mod pace;
mod repeat;
mod running;
mod timeout;

pub use backoff::Backoff;
pub use builder::Looping;
pub use call::LoopingCall;
pub use dynamic::Dynamic;
pub use error::{End, LoopError, StartError};
pub use fixed::FixedInterval;
pub use output::CallOutput;
pub use pace::Pace;
pub use timeout::FixedIntervalWithTimeout;

pub(crate) use builder::Broke;
pub(crate) use callback::{Async, Blocking, Callback};
pub(crate) use repeat::Repeated;
pub(crate) use running::{Finish, Outcome, Running, Tokens};
