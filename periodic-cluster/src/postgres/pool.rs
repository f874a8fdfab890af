use std::ops::Deref;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio_postgres::{Client, Config};

use super::errors::PostgresError;
use super::session::Session;
use super::sslmode::Wanted;

/// The most connections of a driver, besides those of its watches.
const CONNECTIONS: usize = 4;

/// The idle connections of a driver.
pub(super) struct Pool {
    config: Config,
    wanted: Wanted,
    /// The URL, without its secrets.
    shown: String,
    idle: Mutex<Vec<Session>>,
    places: Semaphore,
}

/// A connection in use. It ends unless it is returned: without a wait for its answer it may be dead or busy.
pub(super) struct Lent<'a> {
    pool: &'a Pool,
    session: Session,
    _place: SemaphorePermit<'a>,
}

impl Pool {
    pub(super) fn new(config: Config, wanted: Wanted, shown: String) -> Self {
        Self { config, wanted, shown, idle: Mutex::default(), places: Semaphore::new(CONNECTIONS) }
    }

    pub(super) fn shown(&self) -> &str {
        &self.shown
    }

    /// Opens a new connection.
    pub(super) async fn open(&self) -> Result<Session, PostgresError> {
        Session::open(&self.config, &self.wanted).await
    }

    pub(super) async fn lend(&self) -> Result<Lent<'_>, PostgresError> {
        let place = self.places.acquire().await.map_err(|_| PostgresError::Closed)?;
        let idle = {
            let mut idle = self.idle();
            idle.retain(|session| !session.client.is_closed());
            idle.pop()
        };
        let session = match idle {
            Some(session) => session,
            None => self.open().await?,
        };
        Ok(Lent { pool: self, session, _place: place })
    }

    /// Closes the idle connections: they lead to the server on which one has failed.
    pub(super) fn clear(&self) {
        let idle = std::mem::take(&mut *self.idle());
        drop(idle);
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Session>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lent<'_> {
    /// Returns the reason why a call on it failed.
    pub(super) fn failure(&self, failed: impl Into<PostgresError>) -> PostgresError {
        self.session.failure(failed)
    }

    /// Returns the connection to the pool, after all its answers have arrived.
    pub(super) fn give_back(self) {
        let Self { pool, session, _place } = self;
        pool.idle().push(session);
    }
}

impl Deref for Lent<'_> {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.session.client
    }
}
