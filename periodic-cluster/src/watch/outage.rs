use crate::{Change, MembershipError};

/// Whether the store is away, so that an outage is told once.
#[derive(Debug, Default)]
pub(crate) struct Outage(bool);

impl Outage {
    #[cfg(any(feature = "etcd", feature = "zookeeper"))]
    pub(crate) fn is_on(&self) -> bool {
        self.0
    }

    /// The elements of the stream for what was read.
    pub(crate) fn told(
        &mut self,
        read: Result<Vec<Change>, MembershipError>,
    ) -> Vec<Result<Change, MembershipError>> {
        let before = std::mem::replace(&mut self.0, read.is_err());
        match read {
            Ok(changes) => changes.into_iter().map(Ok).collect(),
            Err(_) if before => Vec::new(),
            Err(error) => vec![Err(error)],
        }
    }
}
