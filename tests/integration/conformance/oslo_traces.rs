use core::fmt::Debug;
use std::collections::BTreeMap;

use periodic::task::TaskSpec;
use serde::Deserialize;

use super::counts::Counts;
use super::seconds::Seconds;
use super::service::{Row, Service, declared};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Trace {
    name: String,
    start: Seconds,
    run_external: bool,
    tasks: Vec<Task>,
    collected: Vec<String>,
    passes: Vec<Pass>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
// The format has these flags, each of its own.
#[allow(clippy::struct_excessive_bools)]
struct Task {
    name: String,
    spacing: Option<Seconds>,
    run_immediately: bool,
    enabled: bool,
    external_process_ok: bool,
    fails: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pass {
    now: Seconds,
    ran: Vec<String>,
    idle_for: Seconds,
    exact_idle: Seconds,
    last_run: BTreeMap<String, Seconds>,
}

pub(super) fn replay(traces: &[Trace]) -> Result<Counts, String> {
    let mut counts = Counts::default();
    if traces.is_empty() {
        return Err("there is no trace".into());
    }
    for trace in traces {
        counts += replay_one(trace).map_err(|what| format!("{}: {what}", trace.name))?;
    }
    Ok(counts)
}

fn replay_one(trace: &Trace) -> Result<Counts, String> {
    let rows = trace.tasks.iter().map(Task::row).collect();
    let mut service = Service::new(rows, trace.start, trace.run_external)?;
    equal("collected", &service.collected(), &trace.collected)?;
    let mut counts = Counts { traces: 1, passes: trace.passes.len(), ..Counts::default() };
    for (index, pass) in trace.passes.iter().enumerate() {
        counts.rows += pass.last_run.len();
        pass.meet(&mut service).map_err(|what| format!("pass {index}: {what}"))?;
    }
    Ok(counts)
}

impl Task {
    fn row(&self) -> Row {
        let mut spec = TaskSpec::new(declared(&self.name));
        if let Some(spacing) = self.spacing {
            spec = spec.every(spacing.interval());
        }
        if self.run_immediately {
            spec = spec.run_immediately();
        }
        if !self.enabled {
            spec = spec.disabled();
        }
        if self.external_process_ok {
            spec = spec.external_process_ok();
        }
        Row { spec, fails: self.fails }
    }
}

impl Pass {
    fn meet(&self, service: &mut Service) -> Result<(), String> {
        let pass = service.pass(self.now)?;
        equal("ran", &pass.ran, &self.ran)?;
        equal("idle", &pass.idle, &self.exact_idle)?;
        if pass.idle > self.idle_for {
            return Err(format!("sleeps {:?}, longer than the original's {:?}", pass.idle, self.idle_for));
        }
        equal("last_run", &service.last_runs().into_iter().collect(), &self.last_run)
    }
}

fn equal<T: PartialEq + Debug>(what: &str, here: &T, recorded: &T) -> Result<(), String> {
    if here == recorded { Ok(()) } else { Err(format!("{what} is {here:?}, recorded was {recorded:?}")) }
}
