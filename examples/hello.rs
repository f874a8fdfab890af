//! Two tasks of one manager, until Ctrl-C.
//!
//! `cargo run --example hello`; with a number of seconds as the argument it ends by itself.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::Context;
use periodic::prelude::*;
use tracing::info;

#[derive(Default)]
struct Greeter {
    greetings: AtomicU64,
}

#[periodic_manager]
impl Greeter {
    /// Greets after a moment. While an `async fn` waits, its thread serves others.
    #[periodic_task(spacing = 1, run_immediately)]
    async fn greet(&self) {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let number = self.greetings.fetch_add(1, Ordering::Relaxed) + 1;
        info!(number, "hello");
    }

    /// Logs the number of greetings. A plain `fn` may block: it has a thread of its own while it runs.
    #[periodic_task(spacing = "2.5s", jitter = "10%")]
    fn count(&self) {
        info!(greetings = self.greetings.load(Ordering::Relaxed), "counted");
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // Failed writes of the log are not reported: the report would panic where standard error is closed, too.
    tracing_subscriber::fmt().with_target(false).log_internal_errors(false).init();
    let runner = Runner::builder(Greeter::default()).build()?;
    if let Some(seconds) = std::env::args().nth(1) {
        let seconds = seconds.parse().context("the argument is a number of seconds")?;
        let handle = runner.handle();
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            handle.stop();
        });
    }
    let stopped = runner.run_until_signal().await?;
    info!(cut = stopped.cut().len(), "goodbye");
    Ok(())
}
