//! Instances: their states, and the time since the last change.

use std::time::Duration;

use anyhow::Context;

use super::{Database, seconds};

#[derive(Clone, Debug)]
pub(crate) struct Instance {
    pub(crate) name: String,
    pub(crate) vm_state: String,
    pub(crate) running: bool,
}

impl Database {
    /// Returns the instances that exist and that no other task is working on.
    pub(crate) fn settled_instances(&self) -> anyhow::Result<Vec<Instance>> {
        let connection = self.connection()?;
        let mut statement = connection.prepare(
            "SELECT name, vm_state, power_state = 'running' FROM instances
             WHERE task_state IS NULL AND vm_state NOT IN ('building', 'deleted', 'error') ORDER BY name",
        )?;
        let instances = statement.query_map([], |row| {
            Ok(Instance { name: row.get(0)?, vm_state: row.get(1)?, running: row.get(2)? })
        })?;
        instances.collect::<Result<_, _>>().context("instances cannot be listed")
    }

    pub(crate) fn running_instances(&self) -> anyhow::Result<Vec<String>> {
        self.names("SELECT name FROM instances WHERE power_state = 'running' ORDER BY name", [])
    }

    pub(crate) fn deleted_instances(&self) -> anyhow::Result<Vec<String>> {
        self.names("SELECT name FROM instances WHERE vm_state = 'deleted' ORDER BY name", [])
    }

    /// Returns the instances that have been in `vm_state` for at least `age`.
    pub(crate) fn instances_in(&self, vm_state: &str, age: Duration) -> anyhow::Result<Vec<String>> {
        self.names(
            "SELECT name FROM instances WHERE vm_state = ?1 AND changed_at <= unixepoch() - ?2 ORDER BY name",
            (vm_state, seconds(age)),
        )
    }

    /// Returns the instances whose `task_state` has lasted for at least `age`.
    pub(crate) fn instances_during(&self, task_state: &str, age: Duration) -> anyhow::Result<Vec<String>> {
        self.names(
            "SELECT name FROM instances WHERE task_state = ?1 AND changed_at <= unixepoch() - ?2 ORDER BY name",
            (task_state, seconds(age)),
        )
    }

    /// Puts an instance into a state without a task in progress.
    pub(crate) fn set_state(&self, name: &str, vm_state: &str, running: bool) -> anyhow::Result<()> {
        let power_state = if running { "running" } else { "shutdown" };
        self.execute(
            "UPDATE instances SET vm_state = ?2, power_state = ?3, task_state = NULL, changed_at = unixepoch()
             WHERE name = ?1",
            (name, vm_state, power_state),
        )?;
        Ok(())
    }

    pub(crate) fn count_running(&self) -> anyhow::Result<usize> {
        Ok(self.running_instances()?.len())
    }
}
