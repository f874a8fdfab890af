//! `#[remotable]`: methods that run here, or are sent to a conductor.
//!
//! The user's `impl` comes out with one statement more at the beginning of each marked method: it sends the call away
//! if the object's home is elsewhere. The same method is what the conductor runs, with an object whose home is there.

mod arguments;
mod expand;
mod member;
mod method;

pub(crate) use expand::expand;
