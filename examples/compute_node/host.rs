//! The resources of this host, and their use.

use std::collections::HashSet;

use anyhow::Context;
use serde::{Deserialize, Serialize};
use sysinfo::{
    CpuRefreshKind, DiskRefreshKind, Disks, MemoryRefreshKind, Pid, ProcessRefreshKind, ProcessesToUpdate,
    RefreshKind, System,
};

const MIB: u64 = 1024 * 1024;
const GIB: u64 = 1024 * MIB;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Resources {
    pub(crate) vcpus: usize,
    /// The load of the last minute; not available on every system.
    pub(crate) load: Option<f64>,
    pub(crate) memory_mib: u64,
    pub(crate) memory_used_mib: u64,
    pub(crate) disk_gib: u64,
    pub(crate) disk_free_gib: u64,
}

/// The bytes that a process has read from disks, and written to them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DiskUsage {
    pub(crate) read: u64,
    pub(crate) written: u64,
}

pub(crate) fn name() -> anyhow::Result<String> {
    System::host_name().context("this host's name cannot be read")
}

/// Reads the host's resources; blocks, because a disk may be slow to answer.
pub(crate) fn resources() -> anyhow::Result<Resources> {
    let wanted = RefreshKind::nothing()
        .with_cpu(CpuRefreshKind::nothing())
        .with_memory(MemoryRefreshKind::nothing().with_ram());
    let system = System::new_with_specifics(wanted).context("this host's CPUs and memory cannot be read")?;
    let disks = Disks::new_with_refreshed_list_specifics(DiskRefreshKind::nothing().with_storage())
        .context("this host's disks cannot be read")?;
    // A disk is listed once for each mount point.
    let mut seen = HashSet::new();
    let (mut disk, mut disk_free) = (0, 0);
    for one in disks.iter().filter(|one| seen.insert(one.name())) {
        disk += one.total_space();
        disk_free += one.available_space();
    }
    Ok(Resources {
        vcpus: system.cpus().len(),
        load: System::load_average().ok().map(|load| load.one),
        memory_mib: system.total_memory() / MIB,
        memory_used_mib: system.used_memory() / MIB,
        disk_gib: disk / GIB,
        disk_free_gib: disk_free / GIB,
    })
}

/// Returns the disk usage of a process; `None` if it has ended.
pub(crate) fn disk_usage(process: u32) -> anyhow::Result<Option<DiskUsage>> {
    let process = Pid::from_u32(process);
    let mut system = System::new().context("this host's processes cannot be read")?;
    let wanted = ProcessRefreshKind::nothing().with_disk_usage();
    system.refresh_processes_specifics(ProcessesToUpdate::Some(&[process]), true, wanted);
    Ok(system.process(process).map(|process| {
        let usage = process.disk_usage();
        DiskUsage { read: usage.total_read_bytes, written: usage.total_written_bytes }
    }))
}
