//! `futurist/tests/test_periodics.py`, on one runner where the original repeats itself for each executor.

mod adding;
mod failing;
mod stopping;
mod strategies;
mod watching;
mod worker;
