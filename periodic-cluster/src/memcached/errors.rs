use super::reply::Error;
use crate::{MembershipError, MembershipErrorKind};

/// The reason why a call failed.
#[derive(Debug)]
pub(super) enum MemcachedError {
    Memcached(Error),
    /// Another client changed a key between its reading and its writing.
    Changed,
    /// Memcached is intact; a rule refuses the call.
    Refused(MembershipError),
}

impl From<Error> for MemcachedError {
    fn from(error: Error) -> Self {
        Self::Memcached(error)
    }
}

impl From<MembershipError> for MemcachedError {
    fn from(error: MembershipError) -> Self {
        Self::Refused(error)
    }
}

impl MemcachedError {
    /// Whether another try may succeed.
    pub(super) fn is_passing(&self) -> bool {
        match self {
            Self::Changed => true,
            Self::Refused(_) => false,
            Self::Memcached(error) => !matches!(error, Error::NoCommand | Error::Refused(_)),
        }
    }

    pub(super) fn of(self, server: &str) -> MembershipError {
        match self {
            Self::Refused(error) => error,
            Self::Changed => MembershipError::new(
                MembershipErrorKind::Unavailable,
                format!("the members in memcached at {server} were changed by others at each attempt"),
            ),
            Self::Memcached(cause) => {
                let (kind, what) = match &cause {
                    Error::NoCommand => (MembershipErrorKind::Store, "is too old: expected 1.6 or later"),
                    Error::Refused(_) => (MembershipErrorKind::Store, "refused the request"),
                    _ => (MembershipErrorKind::Unavailable, "cannot be used"),
                };
                MembershipError::new(kind, format!("memcached at {server} {what}")).caused_by(cause)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_server_refuses_is_not_tried_again() {
        let away = std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
        for (failure, passing, text) in [
            (MemcachedError::from(Error::Io(away)), true, "memcached at h:1 cannot be used"),
            (MemcachedError::from(Error::Broken("why")), true, "memcached at h:1 cannot be used"),
            (
                MemcachedError::from(Error::Refused("out of memory".into())),
                false,
                "memcached at h:1 refused the request",
            ),
            (
                MemcachedError::from(Error::NoCommand),
                false,
                "memcached at h:1 is too old: expected 1.6 or later",
            ),
        ] {
            assert_eq!(failure.is_passing(), passing, "{failure:?}");
            let error = failure.of("h:1");
            assert_eq!(error.to_string(), text);
            assert_eq!(error.kind() == MembershipErrorKind::Unavailable, passing);
        }
    }
}
