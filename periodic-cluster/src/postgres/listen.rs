use std::sync::Arc;

use super::PostgresMembership;
use super::errors::Failure;
use super::pool::Pool;
use super::query::BOUND;
use super::rows;
use super::session::Session;
use super::statements::Statements;
use crate::{Member, MembershipError};

/// A connection to which the server tells that something has changed.
pub(super) struct Listener {
    pool: Arc<Pool>,
    statements: Arc<Statements>,
    session: Option<Session>,
}

impl Listener {
    pub(super) fn new(driver: &PostgresMembership) -> Self {
        Self { pool: Arc::clone(&driver.pool), statements: Arc::clone(&driver.statements), session: None }
    }

    /// All members, read where the server tells of later changes; connects if it must.
    pub(super) async fn members(&mut self) -> Result<Vec<Member>, MembershipError> {
        // Taken out while it is at work: one whose answer does not come ends.
        let read = async {
            let open = self.session.take().filter(|session| !session.client.is_closed());
            let session = if let Some(session) = open {
                session
            } else {
                let session = Session::open(self.pool.config()).await?;
                session.client.batch_execute(&format!("LISTEN {}", self.statements.schema)).await?;
                session
            };
            let members = rows::members(&session.client.query_typed(&self.statements.members, &[]).await?)?;
            self.session = Some(session);
            Ok(members)
        };
        let end = tokio::time::timeout(BOUND, read).await.unwrap_or(Err(Failure::NoAnswer(BOUND)));
        end.map_err(|failure| failure.of(self.pool.shown()))
    }

    /// Ready when something may have changed, the connection's end included.
    pub(super) async fn heard(&self) {
        match &self.session {
            Some(session) => session.heard.notified().await,
            None => std::future::pending().await,
        }
    }
}
