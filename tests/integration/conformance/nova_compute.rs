use periodic::task::TaskSpec;
use serde::Deserialize;

use super::counts::Counts;
use super::seconds::Seconds;
use super::service::{Row, Service, declared};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Task {
    name: String,
    spacing: Option<Seconds>,
    #[serde(default)]
    immediate: bool,
    #[serde(default)]
    external_ok: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pass {
    now: Seconds,
    ran: Vec<String>,
    idle_for: Seconds,
}

/// The table is created at its first pass.
pub(super) fn replay(table: &[Task], passes: &[Pass]) -> Result<Counts, String> {
    let Some(first) = passes.first() else { return Err("nova_compute: there is no pass".into()) };
    let mut service = Service::new(table.iter().map(Task::row).collect(), first.now, true)?;
    for Pass { now, ran, idle_for } in passes {
        let pass = service.pass(*now)?;
        if pass.ran != *ran {
            return Err(format!("nova_compute at {now:?}: ran {:?}, recorded was {ran:?}", pass.ran));
        }
        if pass.idle > *idle_for {
            return Err(format!(
                "nova_compute at {now:?}: sleeps {:?}, recorded was {idle_for:?}",
                pass.idle
            ));
        }
    }
    Ok(Counts { passes: passes.len(), rows: table.len() * passes.len(), ..Counts::default() })
}

impl Task {
    fn row(&self) -> Row {
        let mut spec = TaskSpec::new(declared(&self.name));
        if let Some(spacing) = self.spacing {
            spec = spec.every(spacing.interval());
        }
        if self.immediate {
            spec = spec.run_immediately();
        }
        if self.external_ok {
            spec = spec.external_process_ok();
        }
        Row { spec, fails: false }
    }
}
