//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail};
use lexopt::prelude::{Long, Short, Value};
use periodic::task::Interval;

pub(crate) const HELP: &str = "\
A compute node: the periodic tasks of nova-compute, on this host.

Usage: compute_node [--db FILE] [--for DURATION] [--fast N]

  --db FILE       the database; by default a new file among the temporary ones
  --for DURATION  stop after so long, as in 30s or 1m30s; by default at Ctrl-C
  --fast N        divide each task's spacing by N
  --guest NAME    be a guest, which the node starts itself: wait until stdin is closed
  --help          print this
";

#[derive(Debug)]
pub(crate) enum Command {
    Serve(Arguments),
    Guest,
    Help,
}

#[derive(Debug)]
pub(crate) struct Arguments {
    pub(crate) db: PathBuf,
    pub(crate) stop_after: Option<Duration>,
    pub(crate) fast: u32,
}

impl Command {
    pub(crate) fn parse() -> anyhow::Result<Self> {
        // Named after the process, so that two nodes do not share one unless they are told to.
        let db = std::env::temp_dir().join(format!("compute-node-{}.sqlite", std::process::id()));
        let mut arguments = Arguments { db, stop_after: None, fast: 1 };
        let mut parser = lexopt::Parser::from_env();
        while let Some(argument) = parser.next()? {
            match argument {
                Long("db") => arguments.db = parser.value()?.into(),
                Long("for") => arguments.stop_after = Some(duration(parser.value()?).context("--for")?),
                Long("fast") => arguments.fast = factor(parser.value()?).context("--fast")?,
                Long("guest") => {
                    parser.value()?;
                    return Ok(Self::Guest);
                }
                Long("help") | Short('h') => return Ok(Self::Help),
                Value(value) => bail!("`{}` belongs to no option", value.display()),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(Self::Serve(arguments))
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
