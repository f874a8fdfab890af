//! Inheritance in the style of ironic: a conductor, the tasks of its drivers, and one base from which drivers inherit
//! them.
//!
//! Runs for three seconds. In the table each driver's tasks are below its key: `drivers.ipmi.check_power`.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use periodic::prelude::*;
use tracing::info;

use self::stdout::say;

mod stdout;

struct ConductorManager {
    drivers: BTreeMap<String, Arc<dyn Driver>>,
    checks: AtomicU64,
}

#[periodic_manager(include(drivers))]
impl ConductorManager {
    /// The conductor's own task, beside those of its drivers.
    #[periodic_task(spacing = 1)]
    fn count_checks(&self) {
        info!(checks = self.checks.load(Ordering::Relaxed), drivers = self.drivers.len(), "so far");
    }

    fn checked(&self, driver: &str, finding: &str) {
        self.checks.fetch_add(1, Ordering::Relaxed);
        info!(driver, finding, "checked");
    }
}

/// The base: its implementors have these tasks, and may override them or leave them out.
#[periodic_manager(owner = ConductorManager)]
trait Driver {
    fn name(&self) -> &'static str;

    /// Reads the power state; most hardware takes a moment to answer.
    #[periodic_task(spacing = "800ms", run_immediately)]
    async fn check_power(&self, conductor: &ConductorManager) {
        tokio::time::sleep(Duration::from_millis(50)).await;
        conductor.checked(self.name(), "power is on");
    }

    /// Reads the sensors.
    #[periodic_task(spacing = "1.5s")]
    fn read_sensors(&self, conductor: &ConductorManager) {
        conductor.checked(self.name(), "21 degrees");
    }
}

/// Takes both tasks unchanged.
struct Ipmi;

#[periodic_manager(inherit(Driver))]
impl Ipmi {}

impl Driver for Ipmi {
    fn name(&self) -> &'static str {
        "ipmi"
    }
}

/// Overrides one task, and adds one of its own.
struct Redfish;

#[periodic_manager(inherit(Driver))]
impl Redfish {
    #[periodic_task(spacing = 2)]
    fn check_firmware(&self, conductor: &ConductorManager) {
        conductor.checked(self.name(), "firmware is current");
    }
}

impl Driver for Redfish {
    fn name(&self) -> &'static str {
        "redfish"
    }

    /// Keeps the spacing of the base, and overrides the work.
    async fn check_power(&self, conductor: &ConductorManager) {
        tokio::time::sleep(Duration::from_millis(5)).await;
        conductor.checked(self.name(), "its session says that power is on");
    }
}

/// Has no sensors to read, and leaves that task out.
struct Snmp;

#[periodic_manager(inherit(Driver(except(read_sensors))))]
impl Snmp {}

impl Driver for Snmp {
    fn name(&self) -> &'static str {
        "snmp"
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // Failed writes of the log are not reported: the report would panic where standard error is closed, too.
    tracing_subscriber::fmt().with_target(false).log_internal_errors(false).init();
    let drivers: [Arc<dyn Driver>; 3] = [Arc::new(Ipmi), Arc::new(Redfish), Arc::new(Snmp)];
    let drivers = drivers.into_iter().map(|driver| (driver.name().to_owned(), driver)).collect();
    let runner = Runner::builder(ConductorManager { drivers, checks: AtomicU64::new(0) }).build()?;
    say(runner.table());

    let handle = runner.handle();
    // Not exactly three seconds: the slots at that time would be skipped because of the stop.
    let stopped = runner.run_until(tokio::time::sleep(Duration::from_millis(3_100))).await;
    say("");
    for task in handle.status() {
        say(format_args!("{:47}  {} runs, {} ok", task.name(), task.counters.runs, task.counters.ok));
    }
    anyhow::ensure!(stopped.cut().is_empty(), "runs were cut: {:?}", stopped.cut());
    Ok(())
}
