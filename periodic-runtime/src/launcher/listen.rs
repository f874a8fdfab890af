//! The requests that the process receives as signals.

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::Instant;

use crate::second_signal::SecondSignal;

/// The request of a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SignalRequest {
    /// SIGTERM or SIGINT: stop within the grace time. The number of the signal.
    Stop(u8),
    /// A second of them: end the process at once.
    EndAtOnce(u8),
    /// SIGHUP: read the settings again.
    Reload,
}

/// The signals that the process listens to.
pub(super) struct Signals {
    #[cfg(unix)]
    terminate: Signal,
    #[cfg(unix)]
    interrupt: Signal,
    #[cfg(unix)]
    hangup: Signal,
    second: SecondSignal,
}

impl Signals {
    #[cfg(unix)]
    pub(super) fn listen() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hangup: signal(SignalKind::hangup())?,
            second: SecondSignal::default(),
        })
    }

    #[cfg(not(unix))]
    #[allow(clippy::unnecessary_wraps)]
    pub(super) fn listen() -> std::io::Result<Self> {
        Ok(Self { second: SecondSignal::default() })
    }

    /// Returns the request of the next signal. SIGHUP is returned only if `may_reload`; otherwise it is kept until then.
    ///
    /// # Cancel safety
    /// Dropping the future loses no signal.
    #[cfg(unix)]
    pub(super) async fn next(&mut self, may_reload: bool) -> SignalRequest {
        tokio::select! {
            biased;
            Some(()) = self.terminate.recv() => self.stop(15),
            Some(()) = self.interrupt.recv() => self.stop(2),
            Some(()) = self.hangup.recv(), if may_reload => SignalRequest::Reload,
            else => std::future::pending().await,
        }
    }

    #[cfg(not(unix))]
    pub(super) async fn next(&mut self, _may_reload: bool) -> SignalRequest {
        match tokio::signal::ctrl_c().await {
            Ok(()) => self.stop(2),
            Err(_) => std::future::pending().await,
        }
    }

    fn stop(&mut self, number: u8) -> SignalRequest {
        if self.second.is(number, Instant::now()) {
            SignalRequest::EndAtOnce(number)
        } else {
            SignalRequest::Stop(number)
        }
    }
}
