use super::client::Error;
use crate::{MembershipError, MembershipErrorKind};

/// The reason why a call failed.
#[derive(Debug)]
pub(super) enum ZookeeperError {
    Zookeeper(Error),
    /// ZooKeeper is intact; a rule refuses the call.
    Refused(MembershipError),
}

impl From<Error> for ZookeeperError {
    fn from(error: Error) -> Self {
        Self::Zookeeper(error)
    }
}

impl From<MembershipError> for ZookeeperError {
    fn from(error: MembershipError) -> Self {
        Self::Refused(error)
    }
}

impl ZookeeperError {
    /// Whether another connection, or another session, may succeed.
    pub(super) fn is_passing(&self) -> bool {
        let Self::Zookeeper(error) = self else { return false };
        matches!(
            error,
            Error::Lost(_)
                | Error::SessionExpired
                | Error::SessionMoved
                | Error::Throttled
                | Error::NotReadOnly
        )
    }

    pub(super) fn of(self, servers: &str) -> MembershipError {
        let kind =
            if self.is_passing() { MembershipErrorKind::Unavailable } else { MembershipErrorKind::Store };
        match self {
            Self::Refused(error) => error,
            Self::Zookeeper(cause) => {
                MembershipError::new(kind, format!("ZooKeeper at {servers} cannot be used")).caused_by(cause)
            }
        }
    }
}
