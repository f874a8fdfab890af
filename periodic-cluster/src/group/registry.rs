use periodic_runtime::service::{Registry, RegistryError, ServiceIdentity};

use super::ServiceGroup;
use crate::any_membership::Ask;
use crate::caught::catch_subscriber;
use crate::{MembershipError, MembershipErrorKind};

impl Registry for ServiceGroup {
    async fn record(&self, service: &ServiceIdentity) -> Result<(), RegistryError> {
        self.engine.record(service).await.map_err(|error| failed("recorded", error))?;
        Ok(())
    }

    async fn join(&self, service: &ServiceIdentity) -> Result<(), RegistryError> {
        self.engine.ask(Ask::Join, service).await.map_err(|error| failed("made a member", error))
    }

    async fn beat(&self, service: &ServiceIdentity) -> Result<(), RegistryError> {
        self.duplicates.look(&*self.engine, service, self.down_time).await;
        self.beat_or_begin_again(service).await.map_err(|error| failed("reported as up", error))
    }

    async fn leave(&self, service: &ServiceIdentity) -> Result<(), RegistryError> {
        self.duplicates.forget(service);
        self.engine.ask(Ask::Leave, service).await.map_err(|error| failed("taken out", error))
    }
}

impl ServiceGroup {
    /// Reports a heartbeat, and creates a lost record again: a store that comes back empty must not exclude a running
    /// service until its restart.
    async fn beat_or_begin_again(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        match self.engine.ask(Ask::Beat, service).await {
            Err(error) if error.kind() == MembershipErrorKind::Unknown => {
                catch_subscriber(|| tracing::debug!(%service, "the record is missing and is created again"));
                self.engine.record(service).await?;
                self.engine.ask(Ask::Join, service).await?;
                self.engine.ask(Ask::Beat, service).await
            }
            end => end,
        }
    }
}

fn failed(what: &str, error: MembershipError) -> RegistryError {
    RegistryError::new(format!("the service could not be {what}")).caused_by(error)
}
