//! Messages to systemd, if it started the process: `sd_notify(3)`.

use std::time::Duration;

#[cfg(target_os = "linux")]
use crate::catch_panic::catch_subscriber;

/// The socket of systemd, if there is one.
#[derive(Debug, Default)]
pub(super) struct Systemd {
    #[cfg(target_os = "linux")]
    socket: Option<std::os::unix::net::UnixDatagram>,
    /// The newest state that could not be sent yet: without `READY=1`, systemd ends the process.
    #[cfg(target_os = "linux")]
    unsent: Option<String>,
}

/// A message to systemd.
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
    /// Opens systemd's socket. A socket that cannot be opened is logged, and the process runs without it.
    pub(super) fn from_env() -> Self {
        let Some(address) = std::env::var_os("NOTIFY_SOCKET") else { return Self::default() };
        match connect(&address) {
            Ok(socket) => Self { socket: Some(socket), unsent: None },
            Err(error) => {
                catch_subscriber(|| {
                    tracing::warn!(%error, ?address, "systemd's socket cannot be opened: no notifications");
                });
                Self::default()
            }
        }
    }

    pub(super) fn listens(&self) -> bool {
        self.socket.is_some()
    }

    /// Returns the time that systemd waits for a message before it restarts the process, if its watchdog is on.
    pub(super) fn watchdog(&self) -> Option<Duration> {
        sd_notify::watchdog_enabled().filter(|time| self.listens() && !time.is_zero())
    }

    /// Sends a message, unless systemd's socket is full: waiting for it would block the signals. Returns whether it was
    /// sent; an unsent state is sent again with the next message.
    pub(super) fn say(&mut self, what: Say<'_>) -> bool {
        use sd_notify::NotifyState;

        let is_state = matches!(what, Say::Ready | Say::Reloading | Say::Stopping);
        let message = match what {
            Say::Ready => NotifyState::Ready.to_string(),
            Say::Stopping => NotifyState::Stopping.to_string(),
            Say::Alive => NotifyState::Watchdog.to_string(),
            // Each line would be a message of its own.
            Say::Status(text) => NotifyState::Status(&text.replace(char::is_control, " ")).to_string(),
            // Without the time, systemd could not tell this reload from an earlier one.
            Say::Reloading => match NotifyState::monotonic_usec_now() {
                Ok(now) => format!("{}\n{now}", NotifyState::Reloading),
                Err(_) => return false,
            },
        };
        if is_state {
            self.unsent = Some(message);
            self.catch_up()
        } else {
            self.catch_up() && self.send(&message)
        }
    }

    /// Sends the unsent state; returns whether none is left.
    pub(super) fn catch_up(&mut self) -> bool {
        self.unsent = self.unsent.take().filter(|state| !self.send(state));
        self.unsent.is_none()
    }

    fn send(&self, message: &str) -> bool {
        let Some(socket) = &self.socket else { return true };
        let sent = socket.send(message.as_bytes());
        let said = |error: &_| {
            catch_subscriber(|| tracing::debug!(%error, message, "a notification to systemd was not sent"));
        };
        sent.inspect_err(said).is_ok()
    }
}

/// Connects to the socket. A name that begins with `@` is an abstract one.
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

    pub(super) fn say(&mut self, _: Say<'_>) -> bool {
        true
    }

    pub(super) fn catch_up(&mut self) -> bool {
        true
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::os::unix::net::UnixDatagram;

    use super::*;

    fn pair() -> (Systemd, UnixDatagram) {
        let (ours, theirs) = UnixDatagram::pair().unwrap();
        ours.set_nonblocking(true).unwrap();
        theirs.set_nonblocking(true).unwrap();
        (Systemd { socket: Some(ours), unsent: None }, theirs)
    }

    fn heard(socket: &UnixDatagram) -> Vec<String> {
        let mut buffer = [0; 4096];
        std::iter::from_fn(|| {
            let length = socket.recv(&mut buffer).ok()?;
            Some(String::from_utf8(buffer[..length].to_vec()).unwrap().trim_end().to_owned())
        })
        .collect()
    }

    #[test]
    fn a_state_that_systemd_has_no_time_for_is_said_later() {
        let (mut systemd, theirs) = pair();
        while systemd.say(Say::Alive) {}
        assert!(!systemd.say(Say::Reloading));
        assert!(!systemd.say(Say::Ready));
        assert!(heard(&theirs).iter().all(|message| message == "WATCHDOG=1"));
        assert!(systemd.say(Say::Status("idle")));
        assert_eq!(heard(&theirs), ["READY=1", "STATUS=idle"]);
    }

    #[test]
    fn a_status_is_one_line() {
        let (mut systemd, theirs) = pair();
        assert!(systemd.say(Say::Status("running: a\nMAINPID=1")));
        assert_eq!(heard(&theirs), ["STATUS=running: a MAINPID=1"]);
    }
}
