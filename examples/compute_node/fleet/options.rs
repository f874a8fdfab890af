//! The options of the command line about the fleet.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use periodic::Settings;

#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) host: Option<String>,
    pub(crate) membership: Option<String>,
    pub(crate) report_interval: Option<Duration>,
    pub(crate) service_down_time: Option<Duration>,
    pub(crate) conductor: Option<String>,
    pub(crate) serve_conductor: Option<String>,
    pub(crate) token_file: Option<PathBuf>,
}

impl Options {
    /// Refuses options that contradict each other.
    pub(crate) fn checked(self) -> anyhow::Result<Self> {
        let Self { conductor, serve_conductor, token_file, .. } = &self;
        if let Some(url) = conductor {
            ensure!(
                serve_conductor.is_none(),
                "`--serve-conductor` needs a database, and `--conductor` has none; keep one of them"
            );
            // A file's name in `ps` is harmless.
            ensure!(
                !url.contains('@'),
                "`--conductor` takes no token, because other users can see it; use `--token-file`"
            );
        }
        match (conductor.as_ref().or(serve_conductor.as_ref()), token_file) {
            (Some(_), None) => {
                bail!("`--token-file` is missing: a conductor needs the token of its nodes")
            }
            (None, Some(_)) => {
                bail!("`--token-file` has a meaning only with `--conductor` and `--serve-conductor`")
            }
            _ => Ok(self),
        }
    }

    /// Returns the URL of the members: by default the conductor. A node that is the conductor itself keeps them in
    /// memory.
    pub(crate) fn members(&self) -> anyhow::Result<Option<String>> {
        if self.membership.is_some() {
            return Ok(self.membership.clone());
        }
        let kept_here = || self.serve_conductor.is_some().then(|| "memory:".to_owned());
        Ok(self.conductor()?.or_else(kept_here))
    }

    /// Returns the conductor's URL, with the file that has its token.
    pub(crate) fn conductor(&self) -> anyhow::Result<Option<String>> {
        let (Some(url), Some(file)) = (&self.conductor, &self.token_file) else { return Ok(None) };
        let file = file.to_str().context("the name of the `--token-file` is not Unicode")?;
        let mut url = format!("{url}{}token_file=", if url.contains('?') { '&' } else { '?' });
        for byte in file.bytes() {
            match byte {
                b'/' | b'.' | b'-' | b'_' => url.push(byte.into()),
                _ if byte.is_ascii_alphanumeric() => url.push(byte.into()),
                _ => write!(url, "%{byte:02x}")?,
            }
        }
        Ok(Some(url))
    }

    /// Returns the settings, overridden by the command line.
    pub(crate) fn applied(&self, settings: Settings) -> Settings {
        settings.service(|options| {
            options.report_interval = self.report_interval.unwrap_or(options.report_interval);
            options.service_down_time = self.service_down_time.unwrap_or(options.service_down_time);
        })
    }
}
