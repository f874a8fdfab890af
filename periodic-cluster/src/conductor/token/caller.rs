use std::fmt;
use std::sync::Arc;

/// The host or hosts for which a token speaks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Caller {
    /// Every host, as an operator of the fleet.
    Operator,
    /// This host alone.
    Host(Arc<str>),
}

impl Caller {
    pub(crate) fn speaks_for(&self, host: &str) -> bool {
        match self {
            Self::Operator => true,
            Self::Host(own) => **own == *host,
        }
    }
}

impl fmt::Display for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operator => f.write_str("every host"),
            Self::Host(host) => write!(f, "host `{host}` alone"),
        }
    }
}
