use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_postgres::{AsyncMessage, Client, Config};

use super::errors::Failure;
use super::tls::Tls;

/// How long one host may take to answer.
pub(super) const CONNECT: Duration = Duration::from_secs(3);

/// A connection, and the task that carries it, which ends with this value.
pub(super) struct Session {
    pub(super) client: Client,
    /// Told of each notification, several at once maybe, and of the connection's end.
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
        // It would otherwise wait for answers that nobody wants, for ever on a connection that is dead.
        self.carrier.abort();
    }
}
