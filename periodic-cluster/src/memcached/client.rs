//! A client of memcached's meta protocol that bounds the messages of a server.

use std::io;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, copy_buf, sink};
use tokio::net::TcpStream;

use super::reply::{Error, Header, LINE, header, refusal};
use crate::dial::dial;

/// The bytes that each value takes in addition to its own.
const EACH: usize = 512;

/// A connection to the server.
pub(super) struct Client {
    stream: BufReader<TcpStream>,
    /// Whether the last answer has been read to its end.
    is_ready: bool,
}

/// A value with its key.
pub(super) struct Value {
    pub(super) key: String,
    pub(super) version: u64,
    /// The number of bytes that it has in memcached.
    pub(super) size: usize,
    /// `None` if it is longer than was wanted.
    pub(super) text: Option<Vec<u8>>,
}

impl Client {
    pub(super) async fn connect(address: &str) -> Result<Self, Error> {
        Ok(Self { stream: BufReader::new(dial(address, 0).await?), is_ready: true })
    }

    /// Whether an answer is missing, or one has come that was not asked for: the next call could take it for its own.
    pub(super) fn is_closed(&self) -> bool {
        !self.is_ready || !self.stream.buffer().is_empty()
    }

    /// Asks for a sign of the server.
    pub(super) async fn version(&mut self) -> Result<(), Error> {
        let line = self.ask(b"version\r\n").await?;
        if !line.starts_with("VERSION ") {
            return Err(refusal(&line));
        }
        self.is_ready = true;
        Ok(())
    }

    /// Returns those of `keys` that exist. Of values with more than `longest` bytes only the size is returned. Each value
    /// takes from the bytes that are `left`.
    pub(super) async fn get(
        &mut self,
        keys: &[String],
        longest: usize,
        left: &mut usize,
    ) -> Result<Vec<Value>, Error> {
        let mut request = String::new();
        for key in keys {
            request.extend(["mg ", key, " v c k q\r\n"]);
        }
        request += "mn\r\n";
        let mut line = self.ask(request.as_bytes()).await?;
        let mut values = Vec::new();
        loop {
            match header(&line)? {
                Header::End => {
                    self.is_ready = true;
                    return Ok(values);
                }
                Header::Value { .. } if values.len() == keys.len() => {
                    return Err(Error::Broken("it has more values than the request has keys"));
                }
                Header::Value { key, version, size } => {
                    let kept = EACH + if size <= longest { size } else { 0 };
                    *left = left.checked_sub(kept).ok_or(Error::Broken("its values have too many bytes"))?;
                    let text = self.text(size, longest).await?;
                    values.push(Value { key, version, size, text });
                }
            }
            line = self.line().await?;
        }
    }

    /// Sends a command that changes a key; `false` if the condition in its flags does not hold.
    pub(super) async fn change(&mut self, command: &str) -> Result<bool, Error> {
        let line = self.ask(command.as_bytes()).await?;
        let is_changed = match line.split(' ').next() {
            Some("HD") => true,
            Some("NS" | "EX" | "NF") => false,
            _ => return Err(refusal(&line)),
        };
        self.is_ready = true;
        Ok(is_changed)
    }

    /// Sends a request, and returns the first line of the answer.
    async fn ask(&mut self, request: &[u8]) -> Result<String, Error> {
        self.is_ready = false;
        self.stream.write_all(request).await?;
        self.line().await
    }

    async fn line(&mut self) -> Result<String, Error> {
        let mut line = Vec::new();
        (&mut self.stream).take(LINE).read_until(b'\n', &mut line).await?;
        if !line.ends_with(b"\r\n") {
            let is_long = u64::try_from(line.len()).is_ok_and(|length| length == LINE);
            let end = io::Error::from(io::ErrorKind::UnexpectedEof);
            return Err(if is_long { Error::Broken("it has a line without an end") } else { end.into() });
        }
        line.truncate(line.len() - 2);
        Ok(String::from_utf8_lossy(&line).into_owned())
    }

    /// Reads a value and the line's end behind it. The memory grows with the bytes that arrive.
    async fn text(&mut self, size: usize, longest: usize) -> Result<Option<Vec<u8>>, Error> {
        let length = size as u64;
        let mut value = (&mut self.stream).take(length);
        let mut text = Vec::new();
        let read = if size <= longest {
            value.read_to_end(&mut text).await? as u64
        } else {
            copy_buf(&mut value, &mut sink()).await?
        };
        let mut end = [0; 2];
        self.stream.read_exact(&mut end).await?;
        if read != length || end != *b"\r\n" {
            return Err(Error::Broken("a value has another length than its header says"));
        }
        Ok((size <= longest).then_some(text))
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    /// The next change would take it for its own answer.
    #[tokio::test]
    async fn a_client_with_an_answer_too_many_is_not_used_again() {
        for (told, is_closed) in [(&b"HD\r\n"[..], false), (b"HD\r\nHD\r\n", true)] {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let mut client = Client::connect(&listener.local_addr().unwrap().to_string()).await.unwrap();
            let (mut server, _) = listener.accept().await.unwrap();
            server.write_all(told).await.unwrap();
            assert!(client.change("md k\r\n").await.unwrap());
            assert_eq!(client.is_closed(), is_closed);
        }
    }
}
