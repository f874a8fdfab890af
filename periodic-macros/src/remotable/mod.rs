//! `#[remotable]`: methods that run here, or are sent to a conductor.
//!
//! Each marked method of the user's `impl` gets one more statement at its beginning. It sends the call to the conductor
//! if the object's home is there. The conductor runs the same method with an object whose home is local.

mod arguments;
mod expand;
mod member;
mod method;

pub(crate) use expand::expand;
