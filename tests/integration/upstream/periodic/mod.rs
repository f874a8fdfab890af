//! `oslo_service/tests/test_periodic.py`, through the macros and the sequential pass.

mod boundary;
mod calling;
mod collecting;
mod idle;
mod parallel;
mod under_test;
