//! The database's record of the node itself.

use std::collections::BTreeMap;
use std::fmt;

use rusqlite::OptionalExtension;

use super::{Database, integer};
use crate::host::{DiskUsage, Resources};

#[derive(Debug)]
pub(crate) struct NodeRecord {
    host: String,
    hypervisor: Option<String>,
    vcpus: u32,
    load: Option<f64>,
    memory_mib: i64,
    memory_used_mib: i64,
    disk_gib: i64,
    disk_free_gib: i64,
    running_guests: u32,
    updated_at: String,
}

impl Database {
    /// Records that the node runs. Returns the process in which it ran before, if that did not record its end.
    pub(crate) fn begin(&self, host: &str) -> anyhow::Result<Option<u32>> {
        let mut connection = self.connection()?;
        let whole = connection.transaction()?;
        let before = whole
            .query_row("SELECT process FROM nodes WHERE host = ?1 AND ended_at IS NULL", [host], |row| {
                row.get(0)
            })
            .optional()?;
        whole.execute(
            "INSERT OR REPLACE INTO nodes (host, process, begun_at) VALUES (?1, ?2, unixepoch())",
            (host, std::process::id()),
        )?;
        whole.commit()?;
        Ok(before)
    }

    /// Records that the node has ended.
    pub(crate) fn end(&self, host: &str) -> anyhow::Result<()> {
        self.execute("UPDATE nodes SET ended_at = unixepoch() WHERE host = ?1", [host])?;
        Ok(())
    }

    pub(crate) fn save_node(&self, host: &str, resources: &Resources) -> anyhow::Result<()> {
        self.execute(
            "INSERT INTO compute_nodes
                 (host, vcpus, load, memory_mib, memory_used_mib, disk_gib, disk_free_gib, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, unixepoch())
             ON CONFLICT (host) DO UPDATE SET
                 vcpus = excluded.vcpus, load = excluded.load,
                 memory_mib = excluded.memory_mib, memory_used_mib = excluded.memory_used_mib,
                 disk_gib = excluded.disk_gib, disk_free_gib = excluded.disk_free_gib,
                 updated_at = excluded.updated_at",
            (
                host,
                integer(resources.vcpus),
                resources.load,
                integer(resources.memory_mib),
                integer(resources.memory_used_mib),
                integer(resources.disk_gib),
                integer(resources.disk_free_gib),
            ),
        )?;
        Ok(())
    }

    /// Changes nothing while the node has no record.
    pub(crate) fn save_guests(&self, host: &str, hypervisor: &str, guests: usize) -> anyhow::Result<()> {
        self.execute(
            "UPDATE compute_nodes SET hypervisor = ?2, running_guests = ?3 WHERE host = ?1",
            (host, hypervisor, integer(guests)),
        )?;
        Ok(())
    }

    pub(crate) fn node(&self, host: &str) -> anyhow::Result<Option<NodeRecord>> {
        let connection = self.connection()?;
        let record = connection.query_row(
            "SELECT host, hypervisor, vcpus, load, memory_mib, memory_used_mib, disk_gib, disk_free_gib,
                    running_guests, datetime(updated_at, 'unixepoch') || ' UTC'
             FROM compute_nodes WHERE host = ?1",
            [host],
            |row| {
                Ok(NodeRecord {
                    host: row.get(0)?,
                    hypervisor: row.get(1)?,
                    vcpus: row.get(2)?,
                    load: row.get(3)?,
                    memory_mib: row.get(4)?,
                    memory_used_mib: row.get(5)?,
                    disk_gib: row.get(6)?,
                    disk_free_gib: row.get(7)?,
                    running_guests: row.get(8)?,
                    updated_at: row.get(9)?,
                })
            },
        );
        Ok(record.optional()?)
    }

    /// Reports the instances of this host to the scheduler, and removes those that are gone.
    pub(crate) fn report_instances(&self, host: &str) -> anyhow::Result<usize> {
        let mut connection = self.connection()?;
        let whole = connection.transaction()?;
        whole.execute("DELETE FROM scheduler_instances WHERE host = ?1", [host])?;
        let reported = whole.execute(
            "INSERT INTO scheduler_instances (host, instance, reported_at)
             SELECT ?1, name, unixepoch() FROM instances WHERE vm_state != 'deleted'",
            [host],
        )?;
        whole.commit()?;
        Ok(reported)
    }

    pub(crate) fn save_volume_usage(&self, usage: &BTreeMap<String, DiskUsage>) -> anyhow::Result<()> {
        for (instance, usage) in usage {
            self.execute(
                "INSERT OR REPLACE INTO volume_usage (instance, read_bytes, written_bytes, polled_at)
                 VALUES (?1, ?2, ?3, unixepoch())",
                (instance, integer(usage.read), integer(usage.written)),
            )?;
        }
        Ok(())
    }
}

impl fmt::Display for NodeRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "host        {}", self.host)?;
        writeln!(f, "hypervisor  {}", self.hypervisor.as_deref().unwrap_or("not reported yet"))?;
        writeln!(f, "guests      {} running", self.running_guests)?;
        write!(f, "CPUs        {}", self.vcpus)?;
        match self.load {
            Some(load) => writeln!(f, ", load {load:.2}")?,
            None => writeln!(f)?,
        }
        writeln!(f, "memory      {} of {} MiB in use", self.memory_used_mib, self.memory_mib)?;
        writeln!(f, "disks       {} of {} GiB free", self.disk_free_gib, self.disk_gib)?;
        write!(f, "updated     {}", self.updated_at)
    }
}
