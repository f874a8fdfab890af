use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, ReadHalf, WriteHalf};
use tokio::time::Instant;

use super::incoming::{Incoming, Message};
use super::reach::Duplex;
use super::wire::Written;

/// The bytes that are read at once.
const AT_ONCE: usize = 16 << 10;
/// The longest time of a message from its first byte to its last. A server that sends it in drops is left.
const WHOLE: Duration = Duration::from_secs(5);

/// The server's side of a connection.
pub(super) struct Receiver {
    stream: ReadHalf<Box<dyn Duplex>>,
    incoming: Incoming,
    chunk: Box<[u8]>,
    /// When the last bytes arrived.
    pub(super) heard: Instant,
    /// When the last whole message arrived, or the first byte after it.
    begun: Instant,
}

/// The client's side of a connection.
pub(super) struct Sender {
    stream: WriteHalf<Box<dyn Duplex>>,
    outgoing: Vec<u8>,
    /// The number of bytes of `outgoing` that are sent.
    sent: usize,
    is_flushed: bool,
    /// When the last message was added.
    pub(super) added: Instant,
}

pub(super) fn link(stream: Box<dyn Duplex>) -> (Receiver, Sender) {
    let (read, write) = tokio::io::split(stream);
    let now = Instant::now();
    let chunk = vec![0; AT_ONCE].into_boxed_slice();
    let receiver = Receiver { stream: read, incoming: Incoming::default(), chunk, heard: now, begun: now };
    let sender = Sender { stream: write, outgoing: Vec::new(), sent: 0, is_flushed: true, added: now };
    (receiver, sender)
}

impl Receiver {
    /// Waits for the next message. Dropping the future loses nothing.
    pub(super) async fn next(&mut self) -> io::Result<Message> {
        loop {
            if let Some(message) = self.incoming.next()? {
                self.begun = self.heard;
                return Ok(message);
            }
            let was_in_between = self.incoming.is_in_between();
            let count = self.stream.read(&mut self.chunk).await?;
            if count == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.heard = Instant::now();
            if !was_in_between {
                self.begun = self.heard;
            }
            self.incoming.take(&self.chunk[..count]);
        }
    }

    /// Whether a message has begun too long ago.
    pub(super) fn is_in_drops(&self) -> bool {
        self.incoming.is_in_between() && self.begun.elapsed() > WHOLE
    }
}

impl Sender {
    pub(super) fn add(&mut self, message: &Written) {
        self.outgoing.extend(message.framed());
        self.is_flushed = false;
        self.added = Instant::now();
    }

    pub(super) fn is_waiting(&self) -> bool {
        !self.is_flushed
    }

    /// Sends all messages. Dropping the future loses nothing.
    pub(super) async fn send(&mut self) -> io::Result<()> {
        while self.sent < self.outgoing.len() {
            let count = self.stream.write(&self.outgoing[self.sent..]).await?;
            if count == 0 {
                return Err(io::ErrorKind::WriteZero.into());
            }
            self.sent += count;
        }
        (self.outgoing, self.sent) = (Vec::new(), 0);
        self.stream.flush().await?;
        self.is_flushed = true;
        Ok(())
    }
}
