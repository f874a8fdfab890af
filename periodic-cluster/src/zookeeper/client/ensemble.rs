use std::io;
use std::time::Duration;

use super::error::Error;
use super::handshake::Session;
use super::link::{Receiver, Sender};
use super::reach::Server;

/// The shortest silence after which a server is left.
const SHORTEST: Duration = Duration::from_millis(100);

/// The servers, and the wishes of their client.
pub(crate) struct Ensemble {
    pub(crate) servers: Vec<Server>,
    /// The parent of all nodes.
    pub(crate) root: String,
    /// `user:password` of the scheme `digest`.
    pub(crate) user: Option<String>,
    /// The session timeout that is wanted.
    pub(crate) timeout: Duration,
    /// The longest time in which a single server must answer.
    pub(crate) patience: Duration,
}

impl Ensemble {
    /// Connects to a server and begins the session, or continues it.
    pub(super) async fn begin(
        &self,
        session: &mut Session,
        turn: usize,
    ) -> Result<(Receiver, Sender), Error> {
        let count = self.servers.len().max(1);
        let Some(server) = self.servers.get(turn % count) else {
            return Err(io::Error::other("no server is named").into());
        };
        session.begin((server, turn / count), self.user.as_deref(), self.patience).await
    }

    /// Returns the time without a sign after which a server is left: early enough for another one to continue the
    /// session.
    pub(super) fn silence(&self, timeout: Duration) -> Duration {
        let silence = if self.patience > timeout * 3 / 5 { timeout * 2 / 5 } else { self.patience };
        silence.max(SHORTEST)
    }
}
