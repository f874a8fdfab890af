use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_postgres::{AsyncMessage, Client, Config};

use super::errors::Failure;
use super::tls::Tls;

/// The longest time that one host may take to answer.
pub(super) const CONNECT: Duration = Duration::from_secs(3);

/// A connection, and the task that drives it, which ends with this value.
pub(super) struct Session {
    pub(super) client: Client,
    /// Notified of each notification, perhaps once for several, and of the connection's end.
    pub(super) heard: Arc<Notify>,
    carrier: JoinHandle<()>,
}

impl Session {
    pub(super) async fn open(config: &Config, tls: Tls) -> Result<Self, Failure> {
        let (client, mut connection) = config.connect(tls).await?;
        let heard = Arc::new(Notify::new());
        let told = Arc::clone(&heard);
        let carrier = tokio::spawn(async move {
            loop {
                match poll_fn(|context| connection.poll_message(context)).await {
                    Some(Ok(AsyncMessage::Notification(_))) => told.notify_one(),
                    Some(Ok(_)) => {}
                    Some(Err(error)) => {
                        tracing::debug!(%error, "a connection to PostgreSQL is lost");
                        break;
                    }
                    None => break,
                }
            }
            told.notify_one();
        });
        Ok(Self { client, heard, carrier })
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Otherwise it would wait for unneeded answers, for ever on a dead connection.
        self.carrier.abort();
    }
}
