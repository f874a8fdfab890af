//! Replaces membership if no engine's feature is on.

use std::sync::Arc;

use anyhow::bail;
use periodic::{ServiceBuilder, Settings};

use super::Options;
use crate::database::Database;

pub(crate) async fn join(
    service: ServiceBuilder,
    options: &Options,
    _: &Settings,
    _: &Arc<Database>,
) -> anyhow::Result<ServiceBuilder> {
    let Some(url) = options.members()? else { return Ok(service) };
    let scheme = url.split(':').next().unwrap_or_default();
    let feature = match scheme {
        "memory" => "cluster",
        "postgresql" => "postgres",
        "conductor+http" | "conductor+https" => "conductor",
        "sqlite" | "postgres" | "zookeeper" | "etcd" | "memcached" => scheme,
        _ => bail!(
            "`--membership {scheme}` names no engine: expected one as in `sqlite:nodes.db`; each is built with \
             its feature"
        ),
    };
    bail!("`--membership {scheme}:..` is not built in: turn on the feature, as in `--features {feature}`")
}
