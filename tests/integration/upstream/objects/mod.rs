//! nova, `nova/tests/unit/objects/test_objects.py` and `nova/tests/unit/conductor/test_conductor.py` of Kilo.

// The originals' names.
#![allow(clippy::disallowed_names)]

mod conductor;
mod object;
mod remote;
mod scene;
