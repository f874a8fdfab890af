//! The requests that the process receives as signals.

/// The request of a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SignalRequest {
    /// Stop; the number of the signal.
    Stop(u8),
    /// Read the settings again.
    Reload,
}

#[cfg(unix)]
pub(super) struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
    hangup: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    pub(super) fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hangup: signal(SignalKind::hangup())?,
        })
    }

    /// Returns the next signal. SIGHUP is returned only if `may_reload`; otherwise it is kept until then.
    ///
    /// # Cancel safety
    /// Dropping the future loses no signal.
    pub(super) async fn next(&mut self, may_reload: bool) -> SignalRequest {
        tokio::select! {
            biased;
            Some(()) = self.terminate.recv() => SignalRequest::Stop(15),
            Some(()) = self.interrupt.recv() => SignalRequest::Stop(2),
            Some(()) = self.hangup.recv(), if may_reload => SignalRequest::Reload,
            else => std::future::pending().await,
        }
    }
}

#[cfg(not(unix))]
pub(super) struct Signals;

#[cfg(not(unix))]
impl Signals {
    #[allow(clippy::unnecessary_wraps)]
    pub(super) fn listen() -> std::io::Result<Self> {
        Ok(Self)
    }

    pub(super) async fn next(&mut self, _may_reload: bool) -> SignalRequest {
        match tokio::signal::ctrl_c().await {
            Ok(()) => SignalRequest::Stop(2),
            Err(_) => std::future::pending().await,
        }
    }
}
