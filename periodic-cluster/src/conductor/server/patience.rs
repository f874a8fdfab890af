//! A bound for the wait for a client that does not read.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

/// The longest time in which a client may read nothing.
const PATIENCE: Duration = Duration::from_secs(10);
/// The bytes that extend the wait by a second: a client that reads a byte now and then must not keep its connection.
const PACE: u64 = 1 << 10;

/// A stream whose writes fail once they have waited ten seconds in total. Each KiB that is written adds a second; so
/// does each second without a waiting write, up to ten.
pub(super) struct Patience<S> {
    stream: S,
    left: Duration,
    /// The time since which a write waits.
    waits: Option<Instant>,
    /// The time since which no write waits.
    free: Instant,
    alarm: Pin<Box<Sleep>>,
}

impl<S: AsyncWrite + Unpin> Patience<S> {
    pub(super) fn new(stream: S) -> Self {
        let free = Instant::now();
        Self { stream, left: PATIENCE, waits: None, free, alarm: Box::pin(tokio::time::sleep(PATIENCE)) }
    }

    fn stream(&mut self) -> Pin<&mut S> {
        Pin::new(&mut self.stream)
    }

    fn bound<T>(
        &mut self,
        context: &mut Context<'_>,
        polled: Poll<io::Result<T>>,
        written: impl FnOnce(&T) -> usize,
    ) -> Poll<io::Result<T>> {
        match polled {
            Poll::Pending => self.wait(context),
            Poll::Ready(Ok(done)) => {
                self.goes_on(written(&done));
                Poll::Ready(Ok(done))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
        }
    }

    fn wait<T>(&mut self, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        if self.waits.is_none() {
            let now = Instant::now();
            self.left = PATIENCE.min(self.left + (now - self.free));
            self.waits = Some(now);
            let end = now + self.left;
            self.alarm.as_mut().reset(end);
        }
        self.alarm
            .as_mut()
            .poll(context)
            .map(|()| Err(io::Error::new(io::ErrorKind::TimedOut, "the client does not read the answer")))
    }

    fn goes_on(&mut self, written: usize) {
        if let Some(since) = self.waits.take() {
            self.free = Instant::now();
            self.left = self.left.saturating_sub(self.free - since);
        }
        let earned = Duration::from_millis(written as u64 * 1_000 / PACE);
        self.left = PATIENCE.min(self.left + earned);
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patience<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patience<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = self.stream().poll_write(context, bytes);
        self.bound(context, polled, |written| *written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = self.stream().poll_write_vectored(context, bytes);
        self.bound(context, polled, |written| *written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let polled = self.stream().poll_flush(context);
        match polled {
            Poll::Pending => self.wait(context),
            // An empty buffer is no progress of a waiting write.
            ready @ Poll::Ready(_) => ready,
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let polled = self.stream().poll_shutdown(context);
        self.bound(context, polled, |()| 0)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

    use super::*;

    /// Writes to a client that reads `bytes` at a time. Returns the seconds after which the write fails, and its error.
    async fn given_up(bytes: usize, apart: u64, reads: usize) -> (u64, io::ErrorKind) {
        let (server, mut client) = duplex(4096);
        let begun = Instant::now();
        let reading = async move {
            let mut into = vec![0; bytes];
            for _ in 0..reads {
                tokio::time::sleep(Duration::from_secs(apart)).await;
                let _ = client.read_exact(&mut into).await;
            }
            std::future::pending::<()>().await;
        };
        let mut server = Patience::new(server);
        let writing = async {
            loop {
                if let Err(error) = server.write_all(&[0; 1024]).await {
                    return error;
                }
            }
        };
        let error = tokio::select! { error = writing => error, () = reading => unreachable!() };
        (begun.elapsed().as_secs(), error.kind())
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_does_not_read_is_given_up() {
        assert_eq!(given_up(1, 1, 0).await, (10, io::ErrorKind::TimedOut));
    }

    #[tokio::test(start_paused = true)]
    async fn a_byte_now_and_then_buys_no_time() {
        assert_eq!(given_up(1, 9, 1_000_000).await.0, 10);
        let after = given_up(1024, 4, 1_000_000).await.0;
        assert!((12..=13).contains(&after), "each KiB buys a second: {after}");
    }

    #[tokio::test(start_paused = true)]
    async fn who_reads_slowly_but_steadily_is_waited_for() {
        // 2 KiB each 2 s, for an hour; then nothing.
        assert_eq!(given_up(2048, 2, 1800).await.0, 3610);
    }

    #[tokio::test(start_paused = true)]
    async fn patience_comes_back_while_nothing_waits() {
        let (server, mut client) = duplex(16);
        let mut server = Patience::new(server);
        for _ in 0..10 {
            let reading = async {
                tokio::time::sleep(Duration::from_secs(9)).await;
                client.read_exact(&mut [0; 32]).await.unwrap();
            };
            let (written, ()) = tokio::join!(server.write_all(&[0; 32]), reading);
            written.unwrap();
            tokio::time::sleep(Duration::from_secs(9)).await;
        }
        // Without the pauses the writes fail.
        let reading = async {
            loop {
                tokio::time::sleep(Duration::from_secs(9)).await;
                client.read_exact(&mut [0; 32]).await.unwrap();
            }
        };
        let writing = async {
            loop {
                if let Err(error) = server.write_all(&[0; 32]).await {
                    return error;
                }
            }
        };
        let error = tokio::select! { error = writing => error, () = reading => unreachable!() };
        assert_eq!(error.to_string(), "the client does not read the answer");
    }
}
