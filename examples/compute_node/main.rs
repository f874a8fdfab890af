//! A compute node: the whole task table of nova-compute, on this host's real resources and real processes.
//!
//! `cargo run --example compute_node -- --help` lists its options.

mod arguments;
mod context;
mod database;
mod fast;
mod fleet;
mod hooks;
mod host;
mod hypervisor;
mod log;
mod manager;
mod node;
mod process_driver;
#[path = "../stdout/mod.rs"]
mod stdout;
mod summary;
mod without_database;

use std::sync::{Arc, OnceLock};

use anyhow::anyhow;
use periodic::prelude::*;

use crate::arguments::{Arguments, Command};
use crate::database::Database;
use crate::fleet::Records;
use crate::manager::ComputeManager;
use crate::process_driver::ProcessDriver;
use crate::stdout::{say, try_say};

fn main() -> anyhow::Result<Exit> {
    match Command::parse().map_err(|error| anyhow!("{error:#}; `--help` lists the options"))? {
        Command::Serve(arguments) => serve(arguments),
        Command::SampleSettings => {
            let database = Arc::new(Database::new(None));
            let records = Records::here(&database);
            let driver = Arc::new(ProcessDriver::default());
            let manager = ComputeManager::new(host::name()?, database, records, driver);
            say(periodic::settings::sample(&manager)?.trim_end());
            Ok(Exit::Stopped)
        }
        Command::Guest => {
            // Waits until the node closes its standard input or ends.
            std::io::copy(&mut std::io::stdin(), &mut std::io::sink())?;
            Ok(Exit::Stopped)
        }
        Command::Help => {
            say(arguments::HELP.trim_end());
            Ok(Exit::Stopped)
        }
    }
}

fn serve(arguments: Arc<Arguments>) -> anyhow::Result<Exit> {
    log::init()?;
    let process = std::process::id();
    let settings = arguments.settings.display();
    say(format_args!("The settings are {settings}; `kill -HUP {process}` reads them again."));
    match &arguments.db {
        Some(file) => say(format_args!(
            "The database is {}.\n\
             Ctrl-C stops the node. Kill one of its guests, and watch `_sync_power_states` notice it.\n",
            file.display(),
        )),
        None => say(
            "There is no database here: the node's record goes to its conductor, and tasks that need more are left out.\n",
        ),
    }
    let (node, own_db) = (Arc::new(OnceLock::new()), arguments.own_db().map(ToOwned::to_owned));
    let built = Arc::clone(&node);
    let exit = Launcher::new().service(move || async move { node::service(arguments, &built).await }).run();
    if let Some(node) = node.get() {
        // If the output has no reader, the exit shows how the node ended.
        let mut said = try_say(format_args!("\n{}", summary::summary(&node.handle.status())));
        // A run that was cut may hold the database; reading the record would wait for it. A node that was stopped while
        // it started has none.
        if let Exit::Stopped = exit
            && let Ok(Some(record)) = node.manager.record()
        {
            said = said.and_then(|()| try_say(record));
        }
        let _ = said;
    }
    if let Some(file) = own_db {
        let mut journal = file.clone().into_os_string();
        journal.push("-journal");
        // A node that was stopped before it opened the file has created none.
        for file in [file, journal.into()] {
            let _ = std::fs::remove_file(file);
        }
    }
    Ok(exit)
}
