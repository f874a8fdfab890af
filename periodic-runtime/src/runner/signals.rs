use super::{Runner, Stopped};
use crate::Error;

impl Runner {
    /// Runs until SIGINT or SIGTERM comes, then stops gracefully; a second one ends the grace time at once.
    ///
    /// From then on these signals no longer end the process by themselves. Where [`Stopped::stuck`] names blocking
    /// work, the program must exit by itself.
    ///
    /// # Errors
    /// When the signals cannot be listened for; then nothing has run.
    ///
    /// # Cancel safety
    /// As of [`run_until`](Self::run_until).
    pub async fn run_until_signal(self) -> Result<Stopped, Error> {
        let mut signals = Signals::listen().map_err(Error::Signals)?;
        let mut again = Signals::listen().map_err(Error::Signals)?;
        let second = async move {
            again.next().await;
            again.next().await;
        };
        Ok(self.run_with(async move { signals.next().await }, second).await)
    }
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    #[allow(clippy::unnecessary_wraps)]
    fn listen() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}
