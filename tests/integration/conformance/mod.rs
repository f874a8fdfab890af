//! The replay of the recorded Python original, and of calendars that other schedulers got wrong: see
//! `tests/conformance/FORMAT.md`.
//!
//! It reads the repository's vectors and those of the directory in `PERIODIC_VECTORS`, so a build can be held to
//! vectors from elsewhere. The replay is a function that returns the compared values or the first difference; `failing`
//! shows that it finds one wherever one is.

mod backoff;
mod calendar;
mod counts;
mod directory;
mod document;
mod down_time;
mod dynamic_idle;
mod failing;
mod fixed_interval_idle;
mod futurist_next_run;
mod is_up;
mod nearest_boundary;
mod nova_compute;
mod oslo_traces;
mod retry;
mod seconds;
mod service;
mod sleeps;
mod stories;
mod vector;

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Where the repository's own vectors are.
fn recorded() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance")
}

#[test]
fn every_vector_is_met() {
    let given = std::env::var_os("PERIODIC_VECTORS").map(PathBuf::from);
    for path in [Some(recorded()), given].into_iter().flatten() {
        let counts = directory::replay(&path).unwrap_or_else(|difference| panic!("{difference}"));
        // Straight to the stream, because the harness hides the output of a test that passes.
        writeln!(std::io::stderr(), "conformance: {}: {counts}", path.display()).unwrap();
    }
}
