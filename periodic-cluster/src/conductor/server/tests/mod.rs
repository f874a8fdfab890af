//! Any bytes that a client may send to a conductor, over a stream in memory and in virtual time.

mod callers;
mod content;
mod deaf;
mod engines;
mod mutated;
mod shapes;
mod slow;

use std::sync::Arc;
use std::time::Duration;

use periodic_core::task::Cancellation;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream, duplex};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::places::Places;
use super::serve::connection;
use super::{Server, ServerState};
use crate::ServiceGroup;
use crate::conductor::token::{AcceptedTokens, Caller, Token};
use crate::memory::MemoryMembership;

/// The tokens for every host, and for `node-1`.
const OPERATOR: &str = "secret-of-all-00";
const NODE: &str = "secret-of-node-1";

/// A conductor that is not bound to any address.
struct Conductor {
    state: Arc<ServerState>,
    places: Arc<Places>,
}

impl Conductor {
    fn new() -> Self {
        Self::with(|server| server)
    }

    fn with(more: impl FnOnce(Server) -> Server) -> Self {
        Self::over(&ServiceGroup::new(MemoryMembership::new(), ServiceGroup::DOWN_TIME), more)
    }

    fn of(group: &ServiceGroup) -> Self {
        Self::over(group, |server| server)
    }

    fn over(group: &ServiceGroup, more: impl FnOnce(Server) -> Server) -> Self {
        let token = |text| Token::new(text).unwrap();
        let tokens =
            [(token(OPERATOR), Caller::Operator), (token(NODE), Caller::Host("node-1".into()))].to_vec();
        let server = more(Server::with(group, AcceptedTokens::of(tokens).unwrap()).unwrap());
        Self { state: Arc::new(server.state), places: Places::new(1_000, 1_000) }
    }

    async fn connect(&self) -> Client {
        self.connect_by(4_096).await
    }

    /// Connects with a buffer of this size.
    async fn connect_by(&self, room: usize) -> Client {
        let (stream, served) = duplex(room);
        let place = self.places.take([10, 0, 0, 1].into()).await.unwrap();
        let served = connection(served, None, place, Arc::clone(&self.state), Cancellation::new());
        Client { stream, serving: tokio::spawn(served), begun: Instant::now() }
    }

    /// Sends these bytes only, and returns all answers until the conductor closes the connection.
    async fn answers(&self, request: &str) -> String {
        let Client { stream, .. } = self.connect().await;
        let (mut from, mut to) = tokio::io::split(stream);
        let mut answers = String::new();
        // Reads while it writes: otherwise each side may wait for the other.
        let _ = tokio::join!(to.write_all(request.as_bytes()), from.read_to_string(&mut answers));
        answers
    }

    /// Returns the status and the body of the answer to a whole request.
    async fn asks(&self, token: &str, path: &str, body: &str) -> (u16, String) {
        let answer = self.answers(&request(token, path, "Connection: close\r\n", body)).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head[9..12].parse().unwrap(), body.to_owned())
    }
}

fn request(token: &str, path: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
    )
}

struct Client {
    stream: DuplexStream,
    serving: JoinHandle<()>,
    begun: Instant,
}

impl Client {
    /// Sends the bytes, until the conductor reads no more.
    async fn sends(&mut self, bytes: &[u8]) {
        let _ = self.stream.write_all(bytes).await;
    }

    /// Sends bytes one by one, a second apart, until the server closes the connection.
    async fn trickles(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if self.stream.write_all(&[*byte]).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    async fn answers(&mut self) -> String {
        let mut answers = Vec::new();
        let _ = self.stream.read_to_end(&mut answers).await;
        String::from_utf8(answers).unwrap()
    }

    /// Returns one answer, which ends with this text.
    async fn answer_with(&mut self, end: &str) -> String {
        let mut answer = Vec::new();
        while !answer.ends_with(end.as_bytes()) {
            answer.push(self.stream.read_u8().await.unwrap());
        }
        String::from_utf8(answer).unwrap()
    }

    /// Returns the seconds from its beginning until the conductor has finished with it.
    async fn ends_after(self) -> u64 {
        let Self { stream: _stream, serving, begun } = self;
        serving.await.unwrap();
        begun.elapsed().as_secs()
    }
}
