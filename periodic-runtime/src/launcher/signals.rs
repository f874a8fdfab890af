//! What the process is asked for by signals.

/// What a signal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SignalRequest {
    /// To stop; by the signal of this number.
    Stop(u8),
    /// To read the settings again.
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

    /// The next signal; a reload only where one can be begun. Otherwise it is kept until one can.
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
