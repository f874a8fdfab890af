use tokio::sync::Mutex;
use tokio::time::Instant;

use super::Stopped;
use crate::Error;
use crate::error::Reason;
use crate::runner::Runner;
use crate::second_signal::SecondSignal;

impl Runner {
    /// Runs until SIGINT or SIGTERM arrives, then stops gracefully; a second signal ends the grace time at once.
    ///
    /// A signal of the same kind within a second of the first is no second one: `timeout`, process groups and
    /// supervisors send two.
    ///
    /// From then on these signals no longer end the process by themselves. If [`Stopped::stuck`] names blocking work,
    /// the program must exit by itself.
    ///
    /// # Errors
    /// When the signal handlers cannot be installed; then no task has run.
    ///
    /// # Cancel safety
    /// As of [`run_until`](Self::run_until).
    pub async fn run_until_signal(self) -> Result<Stopped, Error> {
        // Of the two futures that wait for signals, the first is gone when the second is polled.
        let signals = Mutex::new(Signals::listen().map_err(Reason::Signals)?);
        let first = async { _ = signals.lock().await.is_second().await };
        let second = async { while !signals.lock().await.is_second().await {} };
        Ok(self.run_with(first, second).await)
    }
}

struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    second: SecondSignal,
}

impl Signals {
    #[cfg(unix)]
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        let (interrupt, terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        Ok(Self { interrupt, terminate, second: SecondSignal::default() })
    }

    #[cfg(not(unix))]
    #[allow(clippy::unnecessary_wraps)]
    fn listen() -> std::io::Result<Self> {
        Ok(Self { second: SecondSignal::default() })
    }

    /// Waits for a signal; returns whether it is a second one.
    async fn is_second(&mut self) -> bool {
        let number = self.next().await;
        self.second.is(number, Instant::now())
    }

    #[cfg(unix)]
    async fn next(&mut self) -> u8 {
        tokio::select! {
            biased;
            Some(()) = self.terminate.recv() => 15,
            Some(()) = self.interrupt.recv() => 2,
            else => std::future::pending().await,
        }
    }

    #[cfg(not(unix))]
    async fn next(&mut self) -> u8 {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        2
    }
}
