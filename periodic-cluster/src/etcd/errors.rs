use etcd_client::Error;

use crate::{MembershipError, MembershipErrorKind};

/// Why a call did not do its work.
#[derive(Debug)]
pub(super) enum Failure {
    Etcd(Error),
    /// Etcd is well; the rules are against it.
    Refused(MembershipError),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Etcd(error)
    }
}

impl From<MembershipError> for Failure {
    fn from(error: MembershipError) -> Self {
        Self::Refused(error)
    }
}

/// gRPC's numbers of those codes that another try, or another server, may not meet again.
const PASSING: [i32; 8] = [
    1,  // cancelled
    2,  // unknown, as connections that broke
    4,  // deadline exceeded
    8,  // resource exhausted
    11, // out of range, as a revision that was compacted between two pages
    13, // internal, as streams that were reset
    14, // unavailable
    16, // unauthenticated, as with a token that has run out
];

/// How the client says that an answer is longer than it may be, and how etcd does, of one beyond two gigabytes. Both have
/// other errors under the same codes.
const TOO_LONG: [&str; 2] = ["message length too large", "larger than max"];

/// What etcd answers where a lease has run out.
const NOT_FOUND: i32 = 5;

impl Failure {
    pub(super) fn is_passing(&self) -> bool {
        match self {
            Self::Etcd(Error::GRpcStatus(status)) => PASSING.contains(&(status.code() as i32)),
            Self::Refused(_)
            | Self::Etcd(Error::InvalidArgs(_) | Error::InvalidUri(_) | Error::InvalidMetadataValue(_)) => {
                false
            }
            Self::Etcd(_) => true,
        }
    }

    pub(super) fn of(self, servers: &str) -> MembershipError {
        let kind =
            if self.is_passing() { MembershipErrorKind::Unavailable } else { MembershipErrorKind::Store };
        match self {
            Self::Refused(error) => error,
            Self::Etcd(cause) => {
                MembershipError::new(kind, format!("etcd at {servers} cannot be used")).caused_by(cause)
            }
        }
    }
}

/// Whether the answer was longer than it may be.
pub(super) fn is_too_long(error: &Error) -> bool {
    matches!(error, Error::GRpcStatus(status) if TOO_LONG.iter().any(|text| status.message().contains(text)))
}

/// Whether it says that there is no such lease.
pub(super) fn no_lease(error: &Error) -> bool {
    match error {
        Error::GRpcStatus(status) => status.code() as i32 == NOT_FOUND,
        Error::LeaseKeepAliveError(_) => true,
        _ => false,
    }
}
