use std::error::Error;
use std::fmt;

use super::{ServiceIdentity, Step};
use crate::boxed::{BoxError, chain};

/// The reason why a service ended without being asked to.
///
/// `Debug` prints the text of `Display` and the causes, because `main` prints a returned error by `Debug`.
#[non_exhaustive]
pub enum ServiceError {
    /// A step of the start failed. The steps before it were taken back.
    Start {
        /// The service.
        service: ServiceIdentity,
        /// The step.
        step: Step,
        /// The cause.
        cause: BoxError,
    },
    /// An endpoint ended by itself. The service was stopped.
    Endpoint {
        /// The service.
        service: ServiceIdentity,
        /// The endpoint's name.
        endpoint: String,
        /// The cause; `None` if it returned without an error.
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
