//! The node as a service.

use std::sync::{Arc, OnceLock};

use periodic::prelude::*;
use periodic::service::BoxError;
use periodic::settings::SettingsSource;

use crate::arguments::Arguments;
use crate::context::RequestContext;
use crate::database::Database;
use crate::fast;
use crate::hooks::ComputeHooks;
use crate::manager::ComputeManager;
use crate::process_driver::ProcessDriver;
use crate::summary;

/// The node as `main` sees it when all is over.
pub(crate) struct Node {
    pub(crate) manager: Arc<ComputeManager>,
    pub(crate) handle: Handle,
}

/// Builds the service; what else belongs to a node, such as a registry or an endpoint, joins it here.
pub(crate) fn service(arguments: &Arguments, node: &OnceLock<Node>) -> Result<Service, BoxError> {
    let database = Database::new(arguments.db.clone());
    let manager = ComputeManager::new(database, Arc::new(ProcessDriver::default()))?;
    let manager = Arc::new(manager.slow_sync(arguments.slow_sync));
    let service = Service::builder(Arc::clone(&manager))
        .binary("nova-compute")
        .context(RequestContext::admin)
        .settings_from(source(arguments, &manager))
        .hooks(ComputeHooks(Arc::clone(&manager)))
        .build()?;
    let handle = service.handle();
    println!("{}", summary::table(&handle.status()));
    if let Some(time) = arguments.stop_after {
        let handle = handle.clone();
        tokio::spawn(async move {
            tokio::time::sleep(time).await;
            handle.stop();
        });
    }
    node.get_or_init(|| Node { manager, handle });
    Ok(service)
}

fn source(arguments: &Arguments, manager: &Arc<ComputeManager>) -> SettingsSource {
    let source = SettingsSource::file(&arguments.settings);
    if arguments.fast == 1 {
        return source;
    }
    let (manager, factor) = (Arc::clone(manager), arguments.fast);
    source.with(move |settings| fast::faster(&*manager, settings, factor))
}
