//! Replaces the conductor if its feature is off: records are kept in the database here.

use std::sync::Arc;

use anyhow::ensure;

use super::Options;
use crate::database::Database;
use crate::host::Resources;

pub(crate) struct Records(Arc<Database>);

impl Records {
    pub(crate) fn here(database: &Arc<Database>) -> Self {
        Self(Arc::clone(database))
    }

    #[expect(clippy::unused_async, reason = "with the feature it waits for the conductor")]
    pub(crate) async fn open(options: &Options, database: &Arc<Database>) -> anyhow::Result<Self> {
        ensure!(
            options.conductor.is_none() && options.serve_conductor.is_none(),
            "a conductor is not built in: turn on the feature, as in `--features conductor`"
        );
        Ok(Self::here(database))
    }

    pub(crate) fn save(&self, host: &str, resources: &Resources) -> anyhow::Result<()> {
        self.0.save_node(host, resources)
    }

    pub(crate) fn save_guests(&self, host: &str, hypervisor: &str, guests: usize) -> anyhow::Result<()> {
        self.0.save_guests(host, hypervisor, guests)
    }
}
