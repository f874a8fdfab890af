use std::future::poll_fn;
use std::io;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_postgres::config::Host;
use tokio_postgres::tls::NoTlsStream;
use tokio_postgres::{AsyncMessage, Client, Config, Connection, NoTls, SimpleQueryMessage};

use super::bounded::Bounded;
use super::errors::PostgresError;
use super::reach::{Duplex, Place, places};
use super::sslmode::Wanted;
use crate::caught::catch_subscriber;

/// The longest time to open a connection, shared by all hosts. A call has a second more.
const REACH: Duration = Duration::from_secs(4);

/// A connection, and the task that drives it, which ends with this value.
pub(super) struct Session {
    pub(super) client: Client,
    /// Notified of each notification, perhaps once for several, and of the connection's end.
    pub(super) heard: Arc<Notify>,
    carrier: JoinHandle<()>,
    /// The reason why reading has stopped, if the server sent too much.
    refused: Arc<OnceLock<String>>,
}

impl Session {
    /// Connects to the first host that accepts a connection; of several hosts, to the first that accepts writes.
    pub(super) async fn open(config: &Config, wanted: &Wanted) -> Result<Self, PostgresError> {
        let hosts = config.get_hosts();
        let share = share(REACH, hosts.len());
        let mut last = PostgresError::Nowhere;
        for (host, port) in hosts.iter().zip(config.get_ports()) {
            match in_time(share, Self::on(host, *port, share, config, wanted)).await {
                Ok(session) => return Ok(session),
                Err(failure) => last = failure,
            }
        }
        Err(last)
    }

    /// Connects to the first address of a host that accepts a connection. A silent one leaves time for the others.
    async fn on(
        host: &Host,
        port: u16,
        time: Duration,
        config: &Config,
        wanted: &Wanted,
    ) -> Result<Self, PostgresError> {
        let found = places(host, port).await?;
        let share = share(time, found.len());
        let mut last = PostgresError::Nowhere;
        for place in found {
            // Boxed, because the client's handshake takes some kilobytes.
            let opening = Box::pin(Self::at(&place, config, wanted, config.get_hosts().len() > 1));
            match in_time(share, opening).await {
                Ok(session) => return Ok(session),
                Err(failure) => last = failure,
            }
        }
        Err(last)
    }

    async fn at(
        place: &Place<'_>,
        config: &Config,
        wanted: &Wanted,
        writes: bool,
    ) -> Result<Self, PostgresError> {
        let (stream, refused) = Bounded::new(place.connect(wanted).await?);
        let opened = config.connect_raw(stream, NoTls).await;
        let (client, connection) = opened.map_err(|error| failure(&refused, error.into()))?;
        let heard = Arc::new(Notify::new());
        let carrier = tokio::spawn(carry(connection, Arc::clone(&heard)));
        let session = Self { client, heard, carrier, refused };
        if writes && session.only_reads().await? { Err(PostgresError::OnlyReads) } else { Ok(session) }
    }

    async fn only_reads(&self) -> Result<bool, PostgresError> {
        let told = self.client.simple_query("SHOW transaction_read_only").await;
        let told = told.map_err(|error| self.failure(error))?;
        let says_on = |row: &SimpleQueryMessage| match row {
            SimpleQueryMessage::Row(row) => row.try_get(0).ok().flatten() == Some("on"),
            _ => false,
        };
        Ok(told.iter().any(says_on))
    }

    /// Returns the reason why a call on this connection failed.
    pub(super) fn failure(&self, failed: impl Into<PostgresError>) -> PostgresError {
        failure(&self.refused, failed.into())
    }
}

/// Returns the part of the time for each of `count` places.
fn share(time: Duration, count: usize) -> Duration {
    time / u32::try_from(count).unwrap_or(u32::MAX).max(1)
}

async fn in_time<T>(
    time: Duration,
    work: impl Future<Output = Result<T, PostgresError>>,
) -> Result<T, PostgresError> {
    let silent = || io::Error::new(io::ErrorKind::TimedOut, format!("no answer within {time:?}"));
    tokio::time::timeout(time, work).await.unwrap_or_else(|_| Err(PostgresError::Away(silent())))
}

fn failure(refused: &OnceLock<String>, failed: PostgresError) -> PostgresError {
    refused.get().map_or(failed, |why| PostgresError::TooMuch(why.clone()))
}

async fn carry(mut connection: Connection<Bounded<Box<dyn Duplex>>, NoTlsStream>, heard: Arc<Notify>) {
    loop {
        match poll_fn(|context| connection.poll_message(context)).await {
            Some(Ok(AsyncMessage::Notification(_))) => heard.notify_one(),
            Some(Ok(_)) => {}
            Some(Err(error)) => {
                catch_subscriber(|| tracing::debug!(%error, "a connection to PostgreSQL is lost"));
                break;
            }
            None => break,
        }
    }
    heard.notify_one();
}

impl Drop for Session {
    fn drop(&mut self) {
        // Otherwise it would wait for unneeded answers, without end on a dead connection.
        self.carrier.abort();
    }
}
