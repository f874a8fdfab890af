use std::sync::Arc;
use std::time::Duration;

use super::PostgresMembership;
use super::errors::PostgresError;
use super::pool::Pool;
use super::query::BOUND;
use super::rows;
use super::session::Session;
use super::statements::Statements;
use crate::rows::Readings;
use crate::watch::{RETRY_AFTER, ReadAll};
use crate::{Member, MembershipError};

/// The pause between two readings, which joins further notifications.
const SETTLE: Duration = Duration::from_millis(100);

/// The time without a notification after which the members are read nevertheless: the connection may be dead.
const QUIET: Duration = Duration::from_secs(5);

/// A connection on which the server reports changes.
pub(super) struct Listener {
    pool: Arc<Pool>,
    statements: Arc<Statements>,
    readings: Readings,
    session: Option<Session>,
}

impl Listener {
    pub(super) fn new(driver: &PostgresMembership) -> Self {
        Self {
            pool: Arc::clone(&driver.pool),
            statements: Arc::clone(&driver.statements),
            readings: driver.readings.clone(),
            session: None,
        }
    }

    /// Ready when something may have changed, also at the end of the connection.
    async fn heard(&self) {
        match &self.session {
            Some(session) => session.heard.notified().await,
            None => std::future::pending().await,
        }
    }
}

impl ReadAll for Listener {
    async fn wait(&mut self, away: bool) {
        tokio::time::sleep(SETTLE).await;
        // A server that does not answer sends no notifications, so it is tried again.
        let wait = if away { RETRY_AFTER } else { QUIET };
        let _ = tokio::time::timeout(wait, self.heard()).await;
    }

    /// Reads all members on the connection that receives later changes; connects if needed.
    async fn read(&mut self) -> Result<Vec<Member>, MembershipError> {
        let begun = self.readings.begin();
        // Taken out during the query: a connection whose answer does not come is dropped.
        let read = async {
            let open = self.session.take().filter(|session| !session.client.is_closed());
            let session = if let Some(session) = open {
                session
            } else {
                let session = self.pool.open().await?;
                let listens = format!("LISTEN {}", self.statements.schema);
                session.client.batch_execute(&listens).await.map_err(|error| session.failure(error))?;
                session
            };
            let read = session.client.query_typed(&self.statements.members, &[]).await;
            let found = rows::members(&read.map_err(|error| session.failure(error))?)?;
            self.session = Some(session);
            Ok(found)
        };
        let end = tokio::time::timeout(BOUND, read).await.unwrap_or(Err(PostgresError::NoAnswer(BOUND)));
        let found = end.map_err(|failure| failure.of(self.pool.shown()))?;
        Ok(self.readings.end(begun, found))
    }
}
