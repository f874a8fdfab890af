use std::fmt;

use super::{ServiceIdentity, Step};
use crate::boxed::{BoxError, chain};

/// Why a service ended although nobody had asked it to.
///
/// Its `Debug` prints as its `Display`, and the causes, so that it reads well where `main` returns it.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum ServiceError {
    /// A step of the start failed. What had been started was stopped again.
    #[error("the service {service} did not start: {step} failed")]
    Start {
        /// The service.
        service: ServiceIdentity,
        /// The step.
        step: Step,
        /// Why.
        #[source]
        cause: BoxError,
    },
    /// An endpoint ended by itself. The service was stopped.
    #[error("the service {service} stopped: its endpoint `{endpoint}` ended by itself")]
    Endpoint {
        /// The service.
        service: ServiceIdentity,
        /// The endpoint's name.
        endpoint: String,
        /// Why; nothing where it returned without an error.
        #[source]
        cause: Option<BoxError>,
    },
}

impl fmt::Debug for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&chain(self))
    }
}
