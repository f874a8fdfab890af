//! The node as one of many. All code that needs a feature is in this folder.
//!
//! Membership needs the feature of an engine, and records at a conductor need `conductor`. If a feature is off, a
//! stand-in names it.

#[cfg_attr(not(feature = "conductor"), path = "without_conductor.rs")]
mod conductor;
#[cfg_attr(not(feature = "cluster"), path = "without_membership.rs")]
mod membership;
mod options;
#[cfg(feature = "conductor")]
mod record;

pub(crate) use self::conductor::Records;
pub(crate) use self::membership::join;
pub(crate) use self::options::Options;
