//! A bound on how long all tests may take: a runner that is broken hangs, and no test has a limit of its own.
//!
//! The harness itself names the tests that take more than a minute. It begins tests in the order of their names, so
//! this module's begin before those that may hang.

use std::io::Write as _;
use std::process::{self, Command};
use std::time::Duration;
use std::{env, io, thread};

/// Four times as long as all tests took on two busy cores: 201 s.
const LIMIT: Duration = Duration::from_secs(900);
/// Another limit, in milliseconds, as for a machine that does much else.
const VARIABLE: &str = "TESTS_LIMIT_MILLIS";
/// Marks the process in which a test hangs.
const CHILD: &str = "TESTS_HANG";

fn limit() -> Duration {
    let stated = env::var(VARIABLE).ok().and_then(|millis| millis.parse().ok());
    stated.map_or(LIMIT, Duration::from_millis)
}

/// Begins to watch; the thread outlives the test.
#[test]
fn after_the_limit() {
    thread::spawn(|| {
        let limit = limit();
        thread::sleep(limit);
        // Not `eprintln`, whose lines the harness keeps until the test ends.
        let _ = writeln!(
            io::stderr(),
            "the tests take more than {limit:?}: those that have run for over 60 seconds may hang"
        );
        process::exit(101);
    });
}

#[test]
fn a_test_that_hangs_is_ended() {
    let output = Command::new(env::current_exe().unwrap())
        .args(["--exact", "abort::after_the_limit", "abort::hangs", "--test-threads", "2"])
        .env(VARIABLE, "100")
        .env(CHILD, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("the tests take more than 100ms"), "found {output:?}");
    assert_eq!(output.status.code(), Some(101));
}

/// No test by itself.
#[test]
fn hangs() {
    if env::var_os(CHILD).is_some() {
        // Longer than the limit, and yet no process for ever where the limit fails.
        thread::sleep(Duration::from_secs(60));
    }
}
