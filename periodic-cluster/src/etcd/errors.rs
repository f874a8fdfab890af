use etcd_client::Error;

use crate::{MembershipError, MembershipErrorKind};

/// The reason why a call failed.
#[derive(Debug)]
pub(super) enum EtcdError {
    Etcd(Error),
    /// The server did not answer in time.
    Silent,
    /// Etcd is intact; a rule refuses the call.
    Refused(MembershipError),
}

impl From<Error> for EtcdError {
    fn from(error: Error) -> Self {
        Self::Etcd(error)
    }
}

impl From<MembershipError> for EtcdError {
    fn from(error: MembershipError) -> Self {
        Self::Refused(error)
    }
}

/// gRPC's numbers of the codes after which another try, or another server, may succeed.
const PASSING: [i32; 8] = [
    1,  // cancelled
    2,  // unknown, such as broken connections
    4,  // deadline exceeded
    8,  // resource exhausted
    11, // out of range, such as a revision compacted between two pages
    13, // internal, such as reset streams
    14, // unavailable
    16, // unauthenticated, such as with an expired token
];

/// The texts of the client and of etcd for an answer that is too long; etcd's bound is two gigabytes. The same codes
/// have other errors, too.
const TOO_LONG: [&str; 2] = ["message length too large", "larger than max"];

/// The code of etcd's answer if a lease has expired.
const NOT_FOUND: i32 = 5;

impl EtcdError {
    pub(super) fn is_passing(&self) -> bool {
        match self {
            Self::Etcd(Error::GRpcStatus(status)) => PASSING.contains(&(status.code() as i32)),
            Self::Refused(_)
            | Self::Etcd(Error::InvalidArgs(_) | Error::InvalidUri(_) | Error::InvalidMetadataValue(_)) => {
                false
            }
            Self::Etcd(_) | Self::Silent => true,
        }
    }

    pub(super) fn of(self, servers: &str) -> MembershipError {
        let kind =
            if self.is_passing() { MembershipErrorKind::Unavailable } else { MembershipErrorKind::Store };
        match self {
            Self::Refused(error) => error,
            Self::Silent => MembershipError::new(kind, format!("etcd at {servers} did not answer")),
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

/// Whether the error says that the lease does not exist.
pub(super) fn no_lease(error: &Error) -> bool {
    match error {
        Error::GRpcStatus(status) => status.code() as i32 == NOT_FOUND,
        Error::LeaseKeepAliveError(_) => true,
        _ => false,
    }
}
