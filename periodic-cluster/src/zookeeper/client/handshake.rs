use std::io;
use std::time::Duration;

use super::error::Error;
use super::incoming::Message;
use super::link::{Receiver, Sender, link};
use super::operations;
use super::reach::Server;
use super::wire::{Rest, Written};

/// The number of the message that names the user.
pub(super) const AUTH: i32 = -4;
/// The longest password of a session. The servers' have 16 bytes.
const PASSWORD: usize = 256;

/// A session with the ensemble.
pub(super) struct Session {
    /// 0 before it begins.
    pub(super) id: i64,
    password: Vec<u8>,
    /// The time that the servers wait for a sign of the client: the one that is wanted, then the one that is granted.
    pub(super) timeout: Duration,
    /// The number of the last change that was seen. A server that is behind it refuses the session.
    pub(super) seen: i64,
}

impl Session {
    pub(super) fn new(timeout: Duration) -> Self {
        Self { id: 0, password: vec![0; 16], timeout, seen: 0 }
    }

    /// Connects to the server and begins the session, or continues it. Takes `patience` at most.
    pub(super) async fn begin(
        &mut self,
        (server, turn): (&Server, usize),
        user: Option<&str>,
        patience: Duration,
    ) -> Result<(Receiver, Sender), Error> {
        let begun = tokio::time::timeout(patience, async {
            let (mut receiver, mut sender) = link(server.connect(turn).await?);
            sender.add(&self.request());
            if let Some(user) = user {
                let auth = Written::default().int(AUTH).int(operations::AUTH).int(0);
                sender.add(&auth.text("digest").text(user));
            }
            sender.send().await?;
            self.welcomed(&whole(receiver.next().await?)?)?;
            if user.is_some() {
                accepted(&whole(receiver.next().await?)?)?;
            }
            Ok((receiver, sender))
        });
        let silent = || io::Error::new(io::ErrorKind::TimedOut, format!("no answer within {patience:?}"));
        begun.await.unwrap_or_else(|_| Err(silent().into()))
    }

    fn request(&self) -> Written {
        let timeout = i32::try_from(self.timeout.as_millis()).unwrap_or(i32::MAX);
        let version = Written::default().int(0).long(self.seen);
        version.int(timeout).long(self.id).bytes(&self.password).flag(false)
    }

    /// Takes the server's first message.
    fn welcomed(&mut self, message: &[u8]) -> Result<(), Error> {
        let mut rest = Rest::new(message);
        let (_version, timeout, id) = (rest.int()?, rest.int()?, rest.long()?);
        let password = rest.bytes()?;
        if id == 0 {
            return Err(Error::SessionExpired);
        }
        if self.id != 0 && self.id != id {
            return Err(Error::broken("it continues another session".to_owned()));
        }
        // Servers before 3.4 send no flag.
        if rest.flag().unwrap_or_default() {
            return Err(Error::NotReadOnly);
        }
        let timeout = u64::try_from(timeout).ok().filter(|timeout| *timeout > 0);
        let Some(timeout) = timeout.map(Duration::from_millis) else {
            return Err(Error::broken("it grants the session no time".to_owned()));
        };
        if password.len() > PASSWORD {
            return Err(Error::broken(format!("its session has a password of {} bytes", password.len())));
        }
        (self.id, self.password, self.timeout) = (id, password.to_vec(), timeout);
        Ok(())
    }
}

/// Takes the answer to the user's name.
fn accepted(message: &[u8]) -> Result<(), Error> {
    let mut rest = Rest::new(message);
    match (rest.int()?, rest.long()?, rest.int()?) {
        (AUTH, _, 0) => Ok(()),
        (AUTH, _, code) => Err(Error::of(code)),
        (other, ..) => Err(Error::broken(format!("it answers request {other}, which was not made"))),
    }
}

fn whole(message: Message) -> Result<Vec<u8>, Error> {
    match message {
        Message::Whole(message) => Ok(message),
        Message::TooLong(_, length) => Err(Error::broken(format!("it begins with {length} bytes"))),
    }
}
