use std::fmt;

use super::ServiceIdentity;
use crate::boxed::{BoxError, Boxed};

/// The place where a fleet keeps the records of its services, and which of them are up.
///
/// The service bounds each call: a call that does not answer in time is dropped where it waits, and counts as failed. A
/// dropped call may still have taken effect.
pub trait Registry: Send + Sync + 'static {
    /// Creates the service's record, or updates an existing one. If another process creates it meanwhile, it is read
    /// again and updated.
    ///
    /// # Errors
    /// An error ends the start.
    fn record(&self, service: &ServiceIdentity) -> impl Future<Output = Result<(), RegistryError>> + Send;

    /// Makes the service a member.
    ///
    /// # Errors
    /// An error ends the start, and the membership is [left](Self::leave): the call may have taken effect nevertheless.
    fn join(&self, service: &ServiceIdentity) -> impl Future<Output = Result<(), RegistryError>> + Send;

    /// Reports that the service is up.
    ///
    /// # Errors
    /// An error is logged once, until a heartbeat succeeds again. Heartbeats continue.
    fn beat(&self, service: &ServiceIdentity) -> impl Future<Output = Result<(), RegistryError>> + Send;

    /// Ends the membership; also called after a [`join`](Self::join) that failed or timed out. The record stays.
    ///
    /// # Errors
    /// An error is logged.
    fn leave(&self, service: &ServiceIdentity) -> impl Future<Output = Result<(), RegistryError>> + Send;
}

/// The reason why a call of a registry failed: a text, and the cause.
///
/// # Examples
/// ```
/// use std::error::Error;
/// use periodic_runtime::service::RegistryError;
///
/// let cause = std::io::Error::other("connection refused");
/// let error = RegistryError::new("the record could not be written").caused_by(cause);
/// assert_eq!(error.to_string(), "the record could not be written");
/// assert_eq!(error.source().unwrap().to_string(), "connection refused");
/// ```
#[derive(Debug)]
pub struct RegistryError {
    text: String,
    cause: Option<BoxError>,
}

impl RegistryError {
    /// Creates an error without a cause.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), cause: None }
    }

    /// Returns the error with this cause.
    #[must_use]
    pub fn caused_by(self, cause: impl Into<BoxError>) -> Self {
        Self { cause: Some(cause.into()), ..self }
    }
}

impl fmt::Display for RegistryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for RegistryError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

/// A call of a registry, as the service makes it.
#[derive(Clone, Copy, Debug)]
pub(super) enum RegistryCall {
    Record,
    Join,
    Beat,
    Leave,
}

/// A [`Registry`] of any type.
pub(super) trait AnyRegistry: Send + Sync {
    fn ask<'a>(
        &'a self,
        ask: RegistryCall,
        service: &'a ServiceIdentity,
    ) -> Boxed<'a, Result<(), RegistryError>>;
}

impl<R: Registry> AnyRegistry for R {
    fn ask<'a>(
        &'a self,
        ask: RegistryCall,
        service: &'a ServiceIdentity,
    ) -> Boxed<'a, Result<(), RegistryError>> {
        match ask {
            RegistryCall::Record => Box::pin(self.record(service)),
            RegistryCall::Join => Box::pin(self.join(service)),
            RegistryCall::Beat => Box::pin(self.beat(service)),
            RegistryCall::Leave => Box::pin(self.leave(service)),
        }
    }
}
