//! The node's resource record, in the form that is sent to a conductor.

use std::sync::Arc;

use anyhow::{Context, ensure};
use periodic::cluster::remotable::Home;
use periodic::remotable;
use serde::{Deserialize, Serialize};
use tokio::task::spawn_blocking;

use crate::database::Database;
use crate::host::Resources;

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ComputeNode {
    host: String,
    resources: Resources,
    #[serde(skip)]
    home: Home,
}

impl ComputeNode {
    pub(super) fn new(host: &str, resources: &Resources, home: &Home) -> Self {
        Self { host: host.into(), resources: resources.clone(), home: home.clone() }
    }
}

/// Methods that run here if the database is here, and otherwise at the conductor.
#[remotable]
impl ComputeNode {
    #[remotable]
    pub(super) async fn save(&self) -> anyhow::Result<()> {
        let (host, resources) = (self.host.clone(), self.resources.clone());
        in_database(&self.home, &self.host, move |database| database.save_node(&host, &resources)).await
    }

    /// Records the guests of the node.
    #[remotable]
    pub(super) async fn save_guests(
        home: &Home,
        host: String,
        hypervisor: String,
        guests: usize,
    ) -> anyhow::Result<()> {
        let of = host.clone();
        in_database(home, &of, move |database| database.save_guests(&host, &hypervisor, guests)).await
    }
}

/// Changes the record of `host`, if the caller may. The database blocks, so call it on a thread for blocking work.
async fn in_database(
    home: &Home,
    host: &str,
    work: impl FnOnce(&Database) -> anyhow::Result<()> + Send + 'static,
) -> anyhow::Result<()> {
    ensure!(home.speaks_for(host), "the node's token is not one of host `{host}`");
    let database = home.state::<Arc<Database>>().context("there is no database here")?;
    let database = Arc::clone(database);
    spawn_blocking(move || work(&database)).await?
}
