//! A compute node: the whole task table of nova-compute, on this host's real resources and real processes.
//!
//! `cargo run --example compute_node -- --help` tells its options.

// A program's own output; what happens meanwhile goes through `tracing`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod arguments;
mod context;
mod database;
mod fast;
mod host;
mod hypervisor;
mod log;
mod manager;
mod process_driver;
mod summary;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use periodic::prelude::*;
use tokio::runtime::Runtime;

use crate::arguments::{Arguments, Command};
use crate::context::RequestContext;
use crate::database::Database;
use crate::manager::ComputeManager;
use crate::process_driver::ProcessDriver;

/// How long runs may go on after Ctrl-C. They take milliseconds here; what takes longer is stuck.
const GRACE: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    let arguments = match Command::parse() {
        Ok(Command::Serve(arguments)) => arguments,
        Ok(Command::Guest) => return guest(),
        Ok(Command::Help) => {
            print!("{}", arguments::HELP);
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("compute_node: {error:#}; `--help` lists the options");
            return ExitCode::from(2);
        }
    };
    match start(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("compute_node: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start(arguments: &Arguments) -> anyhow::Result<()> {
    log::init()?;
    let runtime = Runtime::new().context("cannot start the async runtime")?;
    let ended = runtime.block_on(serve(arguments));
    // A runtime that is dropped waits for blocking work, however long; one that is shut down so does not.
    runtime.shutdown_background();
    ended
}

async fn serve(arguments: &Arguments) -> anyhow::Result<()> {
    let database = Database::open(&arguments.db)?;
    let manager = Arc::new(ComputeManager::new(database, Arc::new(ProcessDriver::default()))?);
    let runner = Runner::builder(Arc::clone(&manager))
        .context(RequestContext::admin)
        .settings(fast::settings(&*manager, arguments.fast)?)
        .grace(GRACE)
        .build()?;
    println!("The database is {}.", arguments.db.display());
    println!(
        "Ctrl-C stops the node. Kill one of its guests, and see what `_sync_power_states` makes of it.\n"
    );
    let handle = runner.handle();
    println!("{}", summary::table(&handle.status()));
    manager.init_host().context("the guests cannot be started")?;
    if let Some(limit) = arguments.stop_after {
        let handle = handle.clone();
        tokio::spawn(async move {
            tokio::time::sleep(limit).await;
            handle.stop();
        });
    }
    let stopped = runner.run_until_signal().await?;
    println!("\n{}", summary::summary(&handle.status()));
    if stopped.stuck().is_empty() {
        let node = manager.node()?;
        println!("{}", node.map_or("the node has no record yet".into(), |node| node.to_string()));
    } else {
        // They may hold the database; then to ask it for the record would be to wait for them.
        println!("stuck, and left to end with this program: {:?}", stopped.stuck());
    }
    Ok(())
}

/// What a guest does: nothing, until the node closes its standard input or is gone.
fn guest() -> ExitCode {
    match std::io::copy(&mut std::io::stdin(), &mut std::io::sink()) {
        Ok(_) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
