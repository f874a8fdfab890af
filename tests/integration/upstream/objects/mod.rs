//! nova, `nova/tests/unit/objects/test_objects.py` and `nova/tests/unit/conductor/test_conductor.py` of Kilo.

mod conductor;
mod object;
mod remote;
mod scene;
