//! What systemd is told, where it has started the process: `sd_notify(3)`.

use std::time::Duration;

/// The socket on which systemd listens, if there is one.
#[derive(Debug, Default)]
pub(super) struct Systemd {
    #[cfg(target_os = "linux")]
    socket: Option<std::os::unix::net::UnixDatagram>,
}

/// What there is to say.
#[derive(Clone, Copy, Debug)]
pub(super) enum Say<'a> {
    Ready,
    Reloading,
    Stopping,
    Status(&'a str),
    Alive,
}

#[cfg(target_os = "linux")]
impl Systemd {
    /// A socket that cannot be opened is said, and is no reason not to run.
    pub(super) fn from_env() -> Self {
        let Some(address) = std::env::var_os("NOTIFY_SOCKET") else { return Self::default() };
        match connect(&address) {
            Ok(socket) => Self { socket: Some(socket) },
            Err(error) => {
                tracing::warn!(%error, ?address, "systemd cannot be told how the process is");
                Self::default()
            }
        }
    }

    pub(super) fn listens(&self) -> bool {
        self.socket.is_some()
    }

    /// How long systemd waits for a sign of life before it restarts the process, if it does.
    pub(super) fn watchdog(&self) -> Option<Duration> {
        sd_notify::watchdog_enabled().filter(|time| self.listens() && !time.is_zero())
    }

    /// Says something, unless systemd has no time to listen: waiting for it would hold the signals.
    pub(super) fn say(&self, what: Say<'_>) {
        use sd_notify::NotifyState;

        let Some(socket) = &self.socket else { return };
        let message = match what {
            Say::Ready => NotifyState::Ready.to_string(),
            Say::Stopping => NotifyState::Stopping.to_string(),
            Say::Alive => NotifyState::Watchdog.to_string(),
            Say::Status(text) => NotifyState::Status(text).to_string(),
            // Without the time, systemd would not know this reload from one before.
            Say::Reloading => match NotifyState::monotonic_usec_now() {
                Ok(now) => format!("{}\n{now}", NotifyState::Reloading),
                Err(_) => return,
            },
        };
        if let Err(error) = socket.send(message.as_bytes()) {
            tracing::debug!(%error, message, "systemd could not be told");
        }
    }
}

/// A name that begins with `@` is an abstract one.
#[cfg(target_os = "linux")]
fn connect(address: &std::ffi::OsStr) -> std::io::Result<std::os::unix::net::UnixDatagram> {
    use std::os::linux::net::SocketAddrExt as _;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::net::{SocketAddr, UnixDatagram};

    let address = match address.as_bytes().strip_prefix(b"@") {
        Some(name) => SocketAddr::from_abstract_name(name)?,
        None => SocketAddr::from_pathname(address)?,
    };
    let socket = UnixDatagram::unbound()?;
    socket.connect_addr(&address)?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

#[cfg(not(target_os = "linux"))]
#[allow(clippy::unused_self)]
impl Systemd {
    pub(super) fn from_env() -> Self {
        Self::default()
    }

    pub(super) fn listens(&self) -> bool {
        false
    }

    pub(super) fn watchdog(&self) -> Option<Duration> {
        None
    }

    pub(super) fn say(&self, _: Say<'_>) {}
}
