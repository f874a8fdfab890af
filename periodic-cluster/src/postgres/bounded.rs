//! A server's messages, counted before the client keeps them.
//!
//! The client crate accepts any length in a message's header, and keeps all rows of an answer.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The most bytes of one message.
const MESSAGE: u64 = 16 << 20;
/// The most bytes of all messages of one answer. The messages until the server is first ready count as an answer.
const ANSWER: u64 = 64 << 20;
/// The bytes that each message counts in addition to its own: even a short one takes memory.
const EACH: u64 = 128;
/// The most bytes of all settings that the server reports in a connection, because the client keeps them until its end.
const SETTINGS: u64 = 1 << 20;

/// The bytes of a header: a tag and a length.
const HEADER: usize = 5;

/// A stream whose reads fail once the server has sent too much. The reason is kept separately, because the client does
/// not report it to the calls that wait for an answer.
pub(super) struct Bounded<S> {
    stream: S,
    count: Count,
    refused: Arc<OnceLock<String>>,
}

#[derive(Default)]
struct Count {
    header: [u8; HEADER],
    /// The bytes of the header that have arrived.
    have: usize,
    /// The bytes of the message that are still missing.
    rest: u64,
    answer: u64,
    settings: u64,
    /// Whether the server has been ready once.
    is_ready: bool,
}

impl<S> Bounded<S> {
    /// Creates the stream, and the place for the reason of a failed read.
    pub(super) fn new(stream: S) -> (Self, Arc<OnceLock<String>>) {
        let refused = Arc::default();
        (Self { stream, count: Count::default(), refused: Arc::clone(&refused) }, refused)
    }
}

impl Count {
    fn take(&mut self, mut bytes: &[u8]) -> Result<(), String> {
        while !bytes.is_empty() {
            if self.rest > 0 {
                let some = bytes.len().min(usize::try_from(self.rest).unwrap_or(usize::MAX));
                self.rest -= some as u64;
                bytes = &bytes[some..];
                continue;
            }
            let some = bytes.len().min(HEADER - self.have);
            self.header[self.have..self.have + some].copy_from_slice(&bytes[..some]);
            self.have += some;
            bytes = &bytes[some..];
            if self.have == HEADER {
                self.have = 0;
                let [tag, length @ ..] = self.header;
                self.begin(tag, u32::from_be_bytes(length).into())?;
            }
        }
        Ok(())
    }

    /// Counts a message that begins. Its length counts itself, but not the tag.
    fn begin(&mut self, tag: u8, length: u64) -> Result<(), String> {
        if length > MESSAGE {
            return Err(format!("a message of {length} bytes; expected at most {MESSAGE}"));
        }
        self.rest = length.saturating_sub(HEADER as u64 - 1);
        match tag {
            // A notification or a notice, which the client passes on.
            b'A' | b'N' if self.is_ready => {}
            b'S' if self.is_ready => self.settings += length + EACH,
            b'Z' => (self.is_ready, self.answer) = (true, 0),
            _ => self.answer += length + EACH,
        }
        if self.answer > ANSWER {
            return Err(format!("an answer of more than {ANSWER} bytes"));
        }
        if self.settings > SETTINGS {
            return Err(format!("settings of more than {SETTINGS} bytes"));
        }
        Ok(())
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Bounded<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let Self { stream, count, refused } = self.get_mut();
        let before = into.filled().len();
        ready!(Pin::new(stream).poll_read(context, into))?;
        if let Err(why) = count.take(&into.filled()[before..]) {
            into.set_filled(before);
            let why = refused.get_or_init(|| why).clone();
            return Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, why)));
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Bounded<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt as _;

    use super::*;

    fn message(tag: u8, payload: usize) -> Vec<u8> {
        let length = u32::try_from(payload + 4).unwrap();
        [&[tag][..], &length.to_be_bytes(), &vec![0; payload]].concat()
    }

    /// Returns the number of these messages that pass, and the reason why no more do.
    fn passes(count: &mut Count, tag: u8, payload: usize) -> (usize, String) {
        let one = message(tag, payload);
        let mut some = (0..1_000_000).map(|_| count.take(&one));
        let passed = some.by_ref().take_while(Result::is_ok).count();
        (passed, some.next().and_then(Result::err).unwrap_or_default())
    }

    fn ready() -> Count {
        let mut count = Count::default();
        count.take(&message(b'Z', 1)).unwrap();
        count
    }

    #[test]
    fn messages_are_found_in_parts_of_any_size() {
        let all = [message(b'R', 4), message(b'D', 300), message(b'C', 0), message(b'D', 9)].concat();
        for size in [1, 2, 3, 5, 7, 100, 1_000] {
            let mut count = Count::default();
            all.chunks(size).for_each(|part| count.take(part).unwrap());
            assert_eq!((count.answer, count.have, count.rest), (8 + 304 + 4 + 13 + 4 * EACH, 0, 0), "{size}");
        }
    }

    #[test]
    fn what_is_too_much() {
        let largest = usize::try_from(MESSAGE).unwrap() - 4;
        assert_eq!(ready().take(&message(b'D', largest)), Ok(()));
        let promised = ready().take(&[b'D', 0xff, 0xff, 0xff, 0xff]).unwrap_err();
        assert_eq!(promised, "a message of 4294967295 bytes; expected at most 16777216");
        // Short rows of an answer, and messages before the server is ready.
        let (rows, why) = passes(&mut ready(), b'D', 2);
        assert_eq!(rows as u64, ANSWER / (6 + EACH));
        assert!(why.starts_with("an answer of more than") || why.is_empty(), "{why}");
        for tag in *b"RNSA" {
            assert_eq!(passes(&mut Count::default(), tag, 2).0 as u64, ANSWER / (6 + EACH));
        }
        assert_eq!(passes(&mut ready(), b'S', 2).0 as u64, SETTINGS / (6 + EACH));
    }

    #[test]
    fn what_may_go_on_for_ever() {
        let mut count = ready();
        for _ in 0..100 {
            // Rows that fill half of an answer, and its end.
            for _ in 0..3 {
                count.take(&message(b'D', 10 << 20)).unwrap();
            }
            count.take(&message(b'Z', 1)).unwrap();
        }
        assert_eq!(passes(&mut count, b'A', 100).0, 1_000_000);
        assert_eq!(passes(&mut count, b'N', 100).0, 1_000_000);
    }

    #[tokio::test]
    async fn a_read_fails_and_others_can_ask_why() {
        let sent = [message(b'Z', 1), vec![b'D', 0x7f, 0xff, 0xff, 0xff], vec![0; 100]].concat();
        let (mut stream, refused) = Bounded::new(&sent[..]);
        let error = stream.read_to_end(&mut Vec::new()).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        assert!(refused.get().unwrap().starts_with("a message of 2147483647 bytes"));
    }
}
