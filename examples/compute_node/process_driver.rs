//! A driver whose guests are processes: this program again, waiting for its standard input to be closed.
//!
//! So a guest ends with the node in any case, and needs no other program.

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Context;
use periodic::prelude::*;
use tracing::{info, warn};

use crate::context::RequestContext;
use crate::hypervisor::Hypervisor;

#[derive(Debug, Default)]
pub(crate) struct ProcessDriver {
    guests: Mutex<BTreeMap<String, Child>>,
}

#[periodic_manager(inherit(Hypervisor))]
impl ProcessDriver {
    /// Ends a guest without telling the manager, as hardware does; `_sync_power_states` has to find it.
    #[periodic_task(spacing = "9m")]
    fn lose_a_guest(&self, context: &RequestContext) -> anyhow::Result<()> {
        let Some((instance, mut guest)) = self.running().pop_last() else { return Ok(()) };
        warn!(%context, instance, process = guest.id(), "a guest crashes");
        end(&mut guest).with_context(|| format!("the guest of {instance} does not end"))
    }

    /// Returns the guests, without those that have ended.
    fn running(&self) -> MutexGuard<'_, BTreeMap<String, Child>> {
        // The map is intact even if a task panicked while it held the lock.
        let mut guests = self.guests.lock().unwrap_or_else(PoisonError::into_inner);
        guests.retain(|_, guest| matches!(guest.try_wait(), Ok(None)));
        guests
    }
}

impl Hypervisor for ProcessDriver {
    fn kind(&self) -> &'static str {
        "process"
    }

    fn guests(&self) -> BTreeMap<String, u32> {
        self.running().iter().map(|(instance, guest)| (instance.clone(), guest.id())).collect()
    }

    fn start(&self, instance: &str) -> anyhow::Result<()> {
        let mut guests = self.running();
        if !guests.contains_key(instance) {
            guests.insert(instance.to_owned(), spawn(instance)?);
        }
        Ok(())
    }

    fn restart(&self, instance: &str) -> anyhow::Result<()> {
        // Under one lock, so that no other task sees the instance without a guest in between.
        let mut guests = self.running();
        if let Some(mut guest) = guests.remove(instance) {
            end(&mut guest).with_context(|| format!("the guest of {instance} does not end"))?;
        }
        guests.insert(instance.to_owned(), spawn(instance)?);
        Ok(())
    }

    fn stop(&self, instance: &str) -> anyhow::Result<bool> {
        let Some(mut guest) = self.running().remove(instance) else { return Ok(false) };
        end(&mut guest).with_context(|| format!("the guest of {instance} does not end"))?;
        Ok(true)
    }
}

fn spawn(instance: &str) -> anyhow::Result<Child> {
    let program = std::env::current_exe().context("this program's file cannot be found")?;
    let mut command = Command::new(program);
    command.args(["--guest", instance]).stdin(Stdio::piped());
    apart(&mut command);
    let guest = command.spawn().with_context(|| format!("the guest of {instance} cannot be started"))?;
    info!(instance, process = guest.id(), "guest started");
    Ok(guest)
}

fn end(guest: &mut Child) -> std::io::Result<()> {
    guest.kill()?;
    guest.wait()?;
    Ok(())
}

/// Puts a guest into its own process group: Ctrl-C at a terminal reaches the whole group, but is meant for the node.
#[cfg(unix)]
fn apart(command: &mut Command) {
    use std::os::unix::process::CommandExt;

    command.process_group(0);
}

#[cfg(not(unix))]
fn apart(_: &mut Command) {}
