//! The log: to standard error, one short line for each event.

use std::io::{self, IsTerminal};

use anyhow::Context;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::debug_fn;
use tracing_subscriber::fmt::time;

/// Starts the log. `RUST_LOG` selects its lines: `debug` also shows how each run ended.
pub(crate) fn init() -> anyhow::Result<()> {
    let filter = EnvFilter::builder()
        .with_default_directive(tracing::Level::INFO.into())
        .from_env()
        .context("RUST_LOG")?;
    // A run's span has more fields than the task's name; here they would push the message off the screen.
    let fields = debug_fn(|writer, field, value| match field.name() {
        "manager" | "slot" | "attempt" | "lateness" => Ok(()),
        "message" => write!(writer, "{value:?} "),
        "task" => write!(writer, "task={value:?}"),
        name => write!(writer, " {name}={value:?}"),
    });
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .with_target(false)
        .with_timer(time::uptime())
        .fmt_fields(fields)
        // They would be printed where standard error is closed, which panics.
        .log_internal_errors(false)
        .init();
    Ok(())
}
