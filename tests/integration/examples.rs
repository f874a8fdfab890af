//! Parts of the examples that are tested, or are of use to tests.

#[path = "../../examples/forecast/picture.rs"]
pub(crate) mod picture;
#[path = "../../examples/forecast/service.rs"]
pub(crate) mod service;
#[path = "../../examples/tables/mod.rs"]
pub(crate) mod tables;
