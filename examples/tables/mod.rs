//! Task tables of real services, for the examples and the tests that use them.

mod ironic_conductor;
mod nova_compute;

pub(crate) use ironic_conductor::ConductorManager;
pub(crate) use nova_compute::ComputeManager;
