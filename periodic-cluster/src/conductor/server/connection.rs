use std::sync::Arc;

use periodic_core::task::Cancellation;
use tokio::io::{AsyncRead, AsyncWrite};

use super::Parts;
use super::places::Place;

/// A client, as long as it is connected.
pub(super) struct Connection {
    pub(super) parts: Arc<Parts>,
    pub(super) place: Place,
    pub(super) stop: Cancellation,
}

/// A connection, of whatever kind.
pub(super) trait Duplex: AsyncRead + AsyncWrite + Unpin + Send + 'static {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send + 'static> Duplex for S {}
