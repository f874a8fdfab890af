//! Records at a conductor, and the conductor itself, with its feature.

use std::sync::Arc;

use anyhow::Context;
use periodic::ServiceBuilder;
use periodic::cluster::ServiceGroup;
use periodic::cluster::conductor::{Client, Server};
use periodic::cluster::remotable::Home;
use tokio::runtime::Handle;
use tracing::info;

use super::Options;
use super::record::ComputeNode;
use crate::database::Database;
use crate::host::Resources;

/// The place of the node's resource record. Its calls block, like those of the database.
pub(crate) struct Records(Home);

impl Records {
    /// Keeps the record in the database here.
    pub(crate) fn here(database: &Arc<Database>) -> Self {
        Self(Home::with(Arc::clone(database)))
    }

    /// Keeps the record at the conductor, for which it waits, or else here.
    pub(crate) async fn open(options: &Options, database: &Arc<Database>) -> anyhow::Result<Self> {
        let Some(url) = options.conductor()? else { return Ok(Self::here(database)) };
        let conductor = Client::from_url(&url)?;
        conductor.wait_until_ready().await.context("the conductor refuses this node")?;
        Ok(Self(Home::at(conductor)))
    }

    pub(crate) fn save(&self, host: &str, resources: &Resources) -> anyhow::Result<()> {
        let record = ComputeNode::new(host, resources, &self.0);
        Handle::current().block_on(record.save())
    }

    pub(crate) fn save_guests(&self, host: &str, hypervisor: &str, guests: usize) -> anyhow::Result<()> {
        Handle::current().block_on(ComputeNode::save_guests(&self.0, host.into(), hypervisor.into(), guests))
    }
}

/// Makes the service the conductor of others, on request.
pub(super) async fn serve(
    service: ServiceBuilder,
    options: &Options,
    group: &ServiceGroup,
    database: &Arc<Database>,
) -> anyhow::Result<ServiceBuilder> {
    let (Some(address), Some(file)) = (&options.serve_conductor, &options.token_file) else {
        return Ok(service);
    };
    let server = Server::from_token_file(group, file)?
        .object_for_hosts::<ComputeNode>(Home::with(Arc::clone(database)))
        .bind(address)
        .await
        .with_context(|| format!("the conductor cannot listen at `{address}`"))?;
    info!(address = %server.local_addr(), "this node is a conductor");
    Ok(service.endpoint("conductor", |stop| server.serve(stop)))
}
