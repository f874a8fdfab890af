//! The unit tests of the Python originals under their own names. `tests/upstream.md` maps each one, also those
//! that have no counterpart here.

// Most of the originals' tasks do nothing; only that they are there is tested.
#![allow(clippy::unused_self)]

mod futurist;
mod loopingcall;
mod periodic;
mod servicegroup;
mod threadgroup;
