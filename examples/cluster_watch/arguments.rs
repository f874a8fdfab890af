//! The command line.

use std::ffi::OsString;
use std::time::Duration;

use anyhow::{Context, bail};
use lexopt::prelude::{Long, Short, Value};
use periodic::cluster::ServiceGroup;
use periodic::task::Interval;

pub(crate) const HELP: &str = "\
Watches which services of a fleet are up.

Usage: cluster_watch --membership URL [--once [--json]]
       cluster_watch --membership URL --force-down HOST SERVICE
       cluster_watch --membership URL --unforce HOST SERVICE

  --membership URL              the store of the fleet's members, such as sqlite:nodes.db
  --service-down-time DURATION  a service without a heartbeat for this time is down; 60s by default
  --once                        print the fleet as it is, and end
  --json                        as an array of objects; implies --once
  --force-down HOST SERVICE     count a service as down, also with heartbeats
  --unforce HOST SERVICE        end that
  --help                        print this
";

#[derive(Debug)]
pub(crate) enum Command {
    Watch(Arguments),
    Help,
}

#[derive(Debug)]
pub(crate) struct Arguments {
    pub(crate) membership: String,
    pub(crate) down_time: Duration,
    pub(crate) once: bool,
    pub(crate) json: bool,
    /// Host, service, and whether to force it down.
    pub(crate) force: Option<(String, String, bool)>,
}

impl Command {
    pub(crate) fn parse() -> anyhow::Result<Self> {
        let mut membership = None;
        let mut down_time = ServiceGroup::DOWN_TIME;
        let (mut once, mut json, mut force) = (false, false, None);
        let mut parser = lexopt::Parser::from_env();
        while let Some(argument) = parser.next()? {
            match argument {
                Long("membership") => membership = Some(text(parser.value()?)?),
                Long("service-down-time") => {
                    down_time = duration(parser.value()?).context("--service-down-time")?;
                }
                Long("once") => once = true,
                Long("json") => (once, json) = (true, true),
                Long("force-down") => force = Some((text(parser.value()?)?, text(parser.value()?)?, true)),
                Long("unforce") => force = Some((text(parser.value()?)?, text(parser.value()?)?, false)),
                Long("help") | Short('h') => return Ok(Self::Help),
                Value(value) => bail!("`{}` is no option, and no value of one", value.display()),
                other => return Err(other.unexpected().into()),
            }
        }
        let membership = membership.context("--membership is missing, as in --membership sqlite:nodes.db")?;
        Ok(Self::Watch(Arguments { membership, down_time, once, json, force }))
    }
}

fn duration(value: OsString) -> anyhow::Result<Duration> {
    let text = text(value)?;
    let interval: Interval = text.parse().with_context(|| format!("`{text}`"))?;
    match u64::try_from(interval.as_nanos()) {
        Ok(nanos) => Ok(Duration::from_nanos(nanos)),
        Err(_) => bail!("`{text}` is negative"),
    }
}

fn text(value: OsString) -> anyhow::Result<String> {
    value.into_string().map_err(|value| anyhow::anyhow!("`{}` is not Unicode", value.display()))
}
