//! Membership, with an engine's feature.

use std::sync::Arc;

use anyhow::Context;
use periodic::cluster::ServiceGroup;
use periodic::service::down_time;
use periodic::{ServiceBuilder, Settings};

use super::Options;
use crate::database::Database;

/// Makes the service a member of its fleet and, on request, the conductor.
pub(crate) async fn join(
    service: ServiceBuilder,
    options: &Options,
    settings: &Settings,
    database: &Arc<Database>,
) -> anyhow::Result<ServiceBuilder> {
    let Some(url) = options.members()? else { return Ok(service) };
    let group = ServiceGroup::connect_with(&url, down_time(settings.options()))
        .await
        .context("the fleet cannot be reached")?;
    #[cfg(feature = "conductor")]
    let service = super::conductor::serve(service, options, &group, database).await?;
    #[cfg(not(feature = "conductor"))]
    let _ = database;
    Ok(service.registry(group))
}
