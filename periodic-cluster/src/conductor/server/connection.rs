use std::sync::Arc;

use periodic_core::task::Cancellation;
use tokio::io::{AsyncRead, AsyncWrite};

use super::ServerState;
use super::places::Place;

/// A connected client.
pub(super) struct Connection {
    pub(super) state: Arc<ServerState>,
    pub(super) place: Place,
    pub(super) stop: Cancellation,
}

/// A connection, with or without TLS.
pub(super) trait Duplex: AsyncRead + AsyncWrite + Unpin + Send + 'static {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send + 'static> Duplex for S {}
