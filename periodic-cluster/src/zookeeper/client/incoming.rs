use std::io;

/// The most bytes of a message. An honest one has less than a megabyte, or the names of all members.
pub(super) const MESSAGE: usize = 16 << 20;

/// The bytes of the length before each message.
const LENGTH: usize = 4;
/// The bytes of a message that name its request.
const HEADER: usize = 16;
/// The memory that is kept for the next messages.
const KEPT: usize = 64 << 10;

/// The bytes that have arrived, as messages. No memory is taken for bytes that a server only promises.
#[derive(Default)]
pub(super) struct Incoming {
    bytes: Vec<u8>,
    /// The beginning of the next message in `bytes`.
    at: usize,
    /// The bytes of a message that is too long which are still to come.
    skip: usize,
}

/// A message of the server.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Message {
    Whole(Vec<u8>),
    /// The beginning of a message whose rest is skipped, and its length.
    TooLong(Vec<u8>, usize),
}

impl Incoming {
    pub(super) fn take(&mut self, mut bytes: &[u8]) {
        let skipped = self.skip.min(bytes.len());
        self.skip -= skipped;
        bytes = &bytes[skipped..];
        if self.at > 0 {
            self.bytes.drain(..self.at);
            self.at = 0;
        }
        if self.bytes.is_empty() {
            self.bytes.shrink_to(KEPT);
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// Returns the next message; `None` if it has not arrived yet.
    pub(super) fn next(&mut self) -> io::Result<Option<Message>> {
        let rest = &self.bytes[self.at..];
        let Some((length, rest)) = rest.split_first_chunk::<LENGTH>() else { return Ok(None) };
        let length = i32::from_be_bytes(*length);
        let Ok(length) = usize::try_from(length) else {
            let why = format!("the server announces a message of {length} bytes");
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        };
        if length <= MESSAGE {
            let Some(message) = rest.get(..length) else { return Ok(None) };
            let message = Message::Whole(message.to_vec());
            self.at += LENGTH + length;
            return Ok(Some(message));
        }
        let Some(header) = rest.get(..HEADER) else { return Ok(None) };
        let message = Message::TooLong(header.to_vec(), length);
        let arrived = rest.len().min(length);
        self.at += LENGTH + arrived;
        self.skip = length - arrived;
        Ok(Some(message))
    }

    /// Whether a part of a message has arrived whose rest is missing.
    pub(super) fn is_in_between(&self) -> bool {
        self.skip > 0 || self.at < self.bytes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(length: i32, bytes: usize) -> Vec<u8> {
        [&length.to_be_bytes()[..], &vec![7; bytes]].concat()
    }

    /// Returns the lengths of the messages in `sent`, which arrives in parts of `size` bytes.
    fn lengths(sent: &[u8], size: usize) -> (Vec<usize>, Incoming) {
        let (mut incoming, mut lengths) = (Incoming::default(), Vec::new());
        for part in sent.chunks(size) {
            incoming.take(part);
            while let Some(message) = incoming.next().unwrap() {
                lengths.push(match message {
                    Message::Whole(bytes) => bytes.len(),
                    Message::TooLong(header, length) => {
                        assert_eq!(header, [7; HEADER]);
                        length
                    }
                });
            }
        }
        (lengths, incoming)
    }

    #[test]
    fn messages_are_found_in_parts_of_any_size() {
        let long = MESSAGE + 1;
        let (none, some, last) = (message(0, 0), message(300, 300), message(9, 9));
        for size in [1, 3, 7, 1_000] {
            let (lengths, incoming) = lengths(&[&none[..], &some, &last].concat(), size);
            assert_eq!(lengths, [0, 300, 9], "{size}");
            assert!(!incoming.is_in_between());
        }
        let too_long = message(i32::try_from(long).unwrap(), long);
        let sent = [none, too_long, some, last].concat();
        for size in [10_007, 1 << 20, sent.len()] {
            let (lengths, incoming) = lengths(&sent, size);
            assert_eq!(lengths, [0, long, 300, 9], "{size}");
            assert!(!incoming.is_in_between());
        }
    }

    #[test]
    fn a_promise_takes_no_memory() {
        let (lengths, mut incoming) = lengths(&message(i32::MAX, 1 << 20), 1 << 16);
        assert_eq!(lengths, [i32::MAX as usize]);
        assert!(incoming.is_in_between() && incoming.bytes.capacity() <= 1 << 17);
        for _ in 0..64 {
            incoming.take(&vec![7; 1 << 20]);
            assert_eq!(incoming.next().unwrap(), None);
        }
        assert!(incoming.bytes.capacity() <= 1 << 17, "{}", incoming.bytes.capacity());
        // A message that is short enough takes the memory of the bytes that have arrived.
        let promised = i32::try_from(MESSAGE).unwrap();
        let mut incoming = Incoming::default();
        incoming.take(&message(promised, 100));
        assert_eq!(incoming.next().unwrap(), None);
        assert!(incoming.bytes.capacity() < 1 << 10 && incoming.is_in_between());
    }

    #[test]
    fn a_length_below_zero_is_an_error() {
        let mut incoming = Incoming::default();
        incoming.take(&message(-1, 0));
        assert!(incoming.next().unwrap_err().to_string().contains("announces a message of -1 bytes"));
    }
}
