//! nova, `nova/tests/unit/servicegroup`.

mod api;
mod db;
mod driver;
