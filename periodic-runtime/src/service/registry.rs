use std::fmt;

use super::ServiceIdentity;
use crate::boxed::{BoxError, Boxed};

/// Where a fleet keeps which of its services there are, and which are up.
///
/// The service calls it with bounds of its own: an answer that does not come in time is dropped where it waits, and
/// counts as a failure. A call may therefore have taken effect although it was dropped.
pub trait Registry: Send + Sync + 'static {
    /// Creates the service's record, or updates it if there is one. Where another process creates it in between, it is
    /// read again and updated.
    ///
    /// # Errors
    /// Ends the start.
    fn record(&self, service: &ServiceIdentity) -> impl Future<Output = Result<(), RegistryError>> + Send;

    /// Makes the service a member.
    ///
    /// # Errors
    /// Ends the start, and the membership is [left](Self::leave): the call may have taken effect all the same.
    fn join(&self, service: &ServiceIdentity) -> impl Future<Output = Result<(), RegistryError>> + Send;

    /// Says that the service is up.
    ///
    /// # Errors
    /// Is logged once, until a beat succeeds again. Beats go on.
    fn beat(&self, service: &ServiceIdentity) -> impl Future<Output = Result<(), RegistryError>> + Send;

    /// Ends membership, also one of which nobody knows whether it ever began. The record stays.
    ///
    /// # Errors
    /// Is logged.
    fn leave(&self, service: &ServiceIdentity) -> impl Future<Output = Result<(), RegistryError>> + Send;
}

/// Why a registry did not do what it was asked for: a text, and the cause.
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
    /// An error without a cause.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), cause: None }
    }

    /// The same error, with its cause.
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

/// A [`Registry`] of whatever type.
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
