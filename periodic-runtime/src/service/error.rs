use std::error::Error;
use std::fmt;

use super::{ServiceIdentity, Step};
use crate::boxed::{BoxError, chain};

/// Why a service ended although nobody had asked it to.
///
/// Its `Debug` prints as its `Display`, and the causes, so that it reads well where `main` returns it.
#[non_exhaustive]
pub enum ServiceError {
    /// A step of the start failed. What had been started was stopped again.
    Start {
        /// The service.
        service: ServiceIdentity,
        /// The step.
        step: Step,
        /// Why.
        cause: BoxError,
    },
    /// An endpoint ended by itself. The service was stopped.
    Endpoint {
        /// The service.
        service: ServiceIdentity,
        /// The endpoint's name.
        endpoint: String,
        /// Why; nothing where it returned without an error.
        cause: Option<BoxError>,
    },
}

impl fmt::Debug for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&chain(self))
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start { service, step, .. } => {
                write!(f, "the service {service} did not start: {step} failed")
            }
            Self::Endpoint { service, endpoint, .. } => {
                write!(f, "the service {service} stopped: its endpoint `{endpoint}` ended by itself")
            }
        }
    }
}

impl Error for ServiceError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Start { cause, .. } => Some(&**cause),
            Self::Endpoint { cause, .. } => cause.as_deref().map(|cause| cause as &(dyn Error + 'static)),
        }
    }
}
