use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::ensemble::Ensemble;
use super::error::Error;
use super::handshake::Session;
use super::keep::keep;
use super::link::{Receiver, Sender};
use super::serve::{Call, Callers};

/// The most calls that wait for a connection; more wait for a place among them.
const WAITING: usize = 64;
/// A session with an ensemble. Dropping its last clone ends the session.
#[derive(Clone)]
pub(crate) struct Client(Arc<Handle>);

struct Handle {
    session: i64,
    timeout: Duration,
    calls: mpsc::Sender<Call>,
    _alive: oneshot::Sender<Infallible>,
}

impl Client {
    /// Begins a session with one of the servers, each of which is tried once.
    pub(crate) async fn connect(ensemble: &Arc<Ensemble>) -> Result<Self, Error> {
        // Also the first address of a server with several of them.
        let first = usize::from(fastrand::u16(..));
        let mut turn = first;
        loop {
            let mut session = Session::new(ensemble.timeout);
            match ensemble.begin(&mut session, turn).await {
                Ok(link) => return Ok(Self::keep(Arc::clone(ensemble), session, link, turn)),
                Err(error) if turn + 1 >= first + ensemble.servers.len() => return Err(error),
                Err(_) => turn += 1,
            }
        }
    }

    fn keep(ensemble: Arc<Ensemble>, session: Session, link: (Receiver, Sender), turn: usize) -> Self {
        let ((calls, called), (alive, gone)) = (mpsc::channel(WAITING), oneshot::channel());
        let callers = Callers { calls: called, gone, root: ensemble.root.clone() };
        let handle = Handle { session: session.id, timeout: session.timeout, calls, _alive: alive };
        tokio::spawn(keep(ensemble, session, link, turn, callers));
        Self(Arc::new(handle))
    }

    pub(crate) fn session(&self) -> i64 {
        self.0.session
    }

    /// Returns the session timeout that the servers have granted.
    pub(crate) fn timeout(&self) -> Duration {
        self.0.timeout
    }

    /// Whether the session has ended.
    pub(crate) fn is_over(&self) -> bool {
        self.0.calls.is_closed()
    }

    /// Calls the server, and waits for its answer. Without a connection it waits for the next one.
    pub(super) async fn call(
        &self,
        call: impl FnOnce(oneshot::Sender<Result<Vec<u8>, Error>>) -> Call,
    ) -> Result<Vec<u8>, Error> {
        let (answer, answered) = oneshot::channel();
        self.0.calls.send(call(answer)).await.map_err(|_| Error::SessionExpired)?;
        answered.await.map_err(|_| Error::SessionExpired)?
    }
}
