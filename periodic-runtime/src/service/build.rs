use std::sync::Arc;

use super::identity::topic_of;
use super::state::ServiceState;
use super::{Service, ServiceBuilder};
use crate::Error;

impl ServiceBuilder {
    /// Reads the settings, if they come from a source, and collects the managers' tasks.
    ///
    /// # Errors
    /// When the settings cannot be read, the table cannot be built with them, or the host, the program or the topic has
    /// an invalid name.
    pub fn build(self) -> Result<Service, Error> {
        let Self { runner, mut identity, topic, settings, source, hooks, registry, endpoints, seed } = self;
        let settings = match &source {
            Some(source) => source.read()?,
            None => settings,
        };
        identity.topic = topic.unwrap_or_else(|| topic_of(&identity.binary).to_owned());
        identity.check()?;
        let runner = runner.node(&identity.host).settings(settings).build()?;
        let state = ServiceState { identity, hooks, registry, handle: runner.handle(), source };
        Ok(Service { runner, state: Arc::new(state), endpoints, seed })
    }
}
