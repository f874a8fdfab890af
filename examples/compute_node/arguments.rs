//! The command line.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use lexopt::prelude::{Long, Short, Value};
use periodic::task::Interval;

use crate::fleet;

pub(crate) const HELP: &str = "\
A compute node: the periodic tasks of nova-compute, on this host.

Usage: compute_node [--settings FILE] [--db FILE] [--for DURATION] [--fast N] [--slow-sync DURATION]
       compute_node .. --membership URL [--host NAME] [--report-interval DURATION] [--service-down-time DURATION]
       compute_node .. --serve-conductor ADDRESS --token-file FILE [--membership URL] ..
       compute_node .. --conductor URL --token-file FILE [--membership URL] ..

  --settings FILE       the settings; by default examples/compute_node/compute.toml of the source
  --sample-settings     print a settings file with every option and every task, and end
  --db FILE             the database; by default a new file among the temporary ones, which goes with the node
  --for DURATION        stop after this time, as in 30s or 1m30s; by default at Ctrl-C
  --fast N              divide each task's spacing by N, whatever the settings say
  --slow-sync DURATION  let `_sync_power_states` take this time for each instance
  --guest NAME          be a guest, which the node starts itself: wait until stdin is closed
  --help                print this

A fleet, by the features `sqlite`, `postgres`, .. and `conductor`; `cluster_watch` tells who is up:

  --membership URL              be a member of the fleet in this store, such as sqlite:nodes.db
  --host NAME                   the node's name in it; by default that of this host
  --report-interval DURATION    the distance of heartbeats; 10s by default
  --service-down-time DURATION  the node is down without a heartbeat for this time; 60s by default
  --serve-conductor ADDRESS     let nodes without a database keep records here, such as 127.0.0.1:8774
  --conductor URL               have no database: the resource record goes to a conductor, such as
                                conductor+http://127.0.0.1:8774; so does membership, if it has no URL of its own
  --token-file FILE             the token of the conductor, for both sides; where each host has its own, the
                                conductor's file has a line `HOST: TOKEN` for each, and a node's file its own

SIGTERM and Ctrl-C stop the node, a second one ends it at once. SIGHUP reads the settings again.
RUST_LOG sets the level of the log; `debug` also shows the end of each run.
";

/// The settings file of the example.
const SETTINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/compute_node/compute.toml");

#[derive(Debug)]
pub(crate) enum Command {
    Serve(Arc<Arguments>),
    SampleSettings,
    Guest,
    Help,
}

#[derive(Debug)]
pub(crate) struct Arguments {
    pub(crate) settings: PathBuf,
    /// `None` on a node that has a conductor.
    pub(crate) db: Option<PathBuf>,
    /// Whether the database is a file of this process, which removes it at its end.
    is_own_db: bool,
    pub(crate) stop_after: Option<Duration>,
    pub(crate) fast: u32,
    pub(crate) slow_sync: Duration,
    pub(crate) fleet: fleet::Options,
}

impl Command {
    pub(crate) fn parse() -> anyhow::Result<Self> {
        let mut arguments = Arguments {
            settings: SETTINGS.into(),
            db: None,
            is_own_db: false,
            stop_after: None,
            fast: 1,
            slow_sync: Duration::ZERO,
            fleet: fleet::Options::default(),
        };
        let fleet = &mut arguments.fleet;
        let mut parser = lexopt::Parser::from_env();
        while let Some(argument) = parser.next()? {
            match argument {
                Long("settings") => arguments.settings = parser.value()?.into(),
                Long("sample-settings") => return Ok(Self::SampleSettings),
                Long("db") => arguments.db = Some(parser.value()?.into()),
                Long("for") => arguments.stop_after = Some(duration(parser.value()?).context("--for")?),
                Long("fast") => arguments.fast = factor(parser.value()?).context("--fast")?,
                Long("slow-sync") => {
                    arguments.slow_sync = duration(parser.value()?).context("--slow-sync")?;
                }
                Long("membership") => fleet.membership = Some(text(parser.value()?)?),
                Long("host") => fleet.host = Some(text(parser.value()?)?),
                Long("report-interval") => {
                    fleet.report_interval = Some(duration(parser.value()?).context("--report-interval")?);
                }
                Long("service-down-time") => {
                    fleet.service_down_time = Some(duration(parser.value()?).context("--service-down-time")?);
                }
                Long("serve-conductor") => fleet.serve_conductor = Some(text(parser.value()?)?),
                Long("conductor") => fleet.conductor = Some(text(parser.value()?)?),
                Long("token-file") => fleet.token_file = Some(parser.value()?.into()),
                Long("guest") => {
                    parser.value()?;
                    return Ok(Self::Guest);
                }
                Long("help") | Short('h') => return Ok(Self::Help),
                Value(value) => bail!("`{}` is no option, and no value of one", value.display()),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(Self::Serve(Arc::new(arguments.checked()?)))
    }
}

impl Arguments {
    /// Returns the database, if this process removes it at its end.
    pub(crate) fn own_db(&self) -> Option<&Path> {
        self.db.as_deref().filter(|_| self.is_own_db)
    }

    fn checked(mut self) -> anyhow::Result<Self> {
        self.fleet = self.fleet.checked()?;
        if self.fleet.conductor.is_none() {
            // Named after the process, so that two nodes share a database only on request.
            let own = || std::env::temp_dir().join(format!("compute-node-{}.sqlite", std::process::id()));
            self.is_own_db = self.db.is_none();
            self.db.get_or_insert_with(own);
        } else if self.db.is_some() {
            bail!("`--db` has no meaning with `--conductor`, whose nodes have no database");
        }
        Ok(self)
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

fn factor(value: OsString) -> anyhow::Result<u32> {
    let text = text(value)?;
    match text.parse() {
        Ok(factor) if factor > 0 => Ok(factor),
        _ => bail!("`{text}` is not a whole number from 1"),
    }
}

fn text(value: OsString) -> anyhow::Result<String> {
    value.into_string().map_err(|value| anyhow::anyhow!("`{}` is not Unicode", value.display()))
}
