use std::fmt;
use std::sync::Arc;

/// For whom a token speaks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Caller {
    /// For every host, and as those who operate the fleet.
    Operator,
    /// For this host alone.
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
