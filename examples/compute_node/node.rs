//! The node as a service.

use std::sync::{Arc, OnceLock};

use periodic::prelude::*;
use periodic::service::BoxError;
use periodic::settings::SettingsSource;

use crate::arguments::Arguments;
use crate::context::RequestContext;
use crate::database::Database;
use crate::fleet::{self, Records};
use crate::hooks::ComputeHooks;
use crate::manager::ComputeManager;
use crate::process_driver::ProcessDriver;
use crate::stdout::try_say;
use crate::{fast, host, summary, without_database};

/// The node as seen by `main` at the end.
pub(crate) struct Node {
    pub(crate) manager: Arc<ComputeManager>,
    pub(crate) handle: Handle,
}

/// Builds the service; other parts of a node, such as a registry or an endpoint, join it here.
pub(crate) async fn service(arguments: Arc<Arguments>, node: &OnceLock<Node>) -> Result<Service, BoxError> {
    let host = match &arguments.fleet.host {
        Some(host) => host.clone(),
        None => host::name()?,
    };
    let database = Arc::new(Database::new(arguments.db.clone()));
    let records = Records::open(&arguments.fleet, &database).await?;
    let manager =
        ComputeManager::new(host.clone(), Arc::clone(&database), records, Arc::new(ProcessDriver::default()));
    let manager = Arc::new(manager.slow_sync(arguments.slow_sync));
    let source = source(&arguments, &manager);
    let settings = source.read()?;
    let service = Service::builder_with(Arc::clone(&manager), RequestContext::admin)
        .host(host)
        .binary("nova-compute")
        .settings_from(source)
        .hooks(ComputeHooks(Arc::clone(&manager)));
    let service = fleet::join(service, &arguments.fleet, &settings, &database).await?.build()?;
    let handle = service.control().tasks().clone();
    if try_say(summary::table(&handle.status())).is_err() {
        // Standard output has no reader any more, as in `| head`: the node ends as if it were asked to.
        handle.stop();
    }
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

/// Returns the source of the settings: the file and the environment, overridden by the command line.
fn source(arguments: &Arc<Arguments>, manager: &Arc<ComputeManager>) -> SettingsSource {
    let (arguments, manager) = (Arc::clone(arguments), Arc::clone(manager));
    SettingsSource::file(arguments.settings.clone()).with(move |settings| {
        let mut settings = arguments.fleet.applied(settings);
        if arguments.db.is_none() {
            settings = without_database::reduced(&*manager, settings);
        }
        if arguments.fast > 1 {
            settings = fast::faster(&*manager, settings, arguments.fast);
        }
        settings
    })
}
