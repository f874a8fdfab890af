//! The unit tests of the Python originals under their own names. `tests/upstream.md` maps each one, also those
//! that have no counterpart here.

// Most of the originals' tasks do nothing; only that they are there is tested.
#![allow(clippy::unused_self)]
// Their names are the originals'.
#![allow(non_snake_case)]

mod futurist;
mod loopingcall;
mod nova_service;
#[cfg(feature = "conductor")]
mod objects;
mod periodic;
mod service;
mod servicegroup;
mod threadgroup;
