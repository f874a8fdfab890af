//! Programs that are no memcached, or a hostile one.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use periodic_cluster::memcached::MemcachedMembership;
use periodic_cluster::{Membership, MembershipError, MembershipErrorKind};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::coordinated::DOWN_TIME;
use crate::fixture::compute;

/// Answers the version truly, if `is_known`, and any other line with `first` and then with `again` without end.
async fn serve(is_known: bool, first: &'static [u8], again: &'static [u8]) -> (u16, Arc<AtomicU64>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, sent) = (listener.local_addr().unwrap().port(), Arc::new(AtomicU64::new(0)));
    let counted = Arc::clone(&sent);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream, is_known, first, again, Arc::clone(&counted)));
        }
    });
    (port, sent)
}

async fn answer(
    stream: TcpStream,
    is_known: bool,
    first: &[u8],
    again: &[u8],
    sent: Arc<AtomicU64>,
) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    while let Some(line) = lines.next_line().await? {
        if is_known && line == "version" {
            write.write_all(b"VERSION 1.6.18\r\n").await?;
            continue;
        }
        write.write_all(first).await?;
        let again = again.repeat(1 + (1 << 16) / again.len().max(1));
        while !again.is_empty() {
            write.write_all(&again).await?;
            sent.fetch_add(again.len() as u64, Relaxed);
        }
        return Ok(());
    }
    Ok(())
}

async fn connect(port: u16) -> Result<MemcachedMembership, MembershipError> {
    let url = format!("memcached://127.0.0.1:{port}/fleet/a").parse().unwrap();
    MemcachedMembership::connect(&url, DOWN_TIME).await
}

fn cause(error: &MembershipError) -> String {
    assert_eq!(error.kind(), MembershipErrorKind::Unavailable, "{error:?}");
    std::error::Error::source(error).map(ToString::to_string).unwrap_or_default()
}

/// All of it was kept until the time of a try was over.
#[tokio::test]
async fn a_line_without_end_is_not_kept() {
    for is_known in [false, true] {
        let (port, sent) = serve(is_known, b"", b"x").await;
        let error = match connect(port).await {
            Ok(driver) => driver.members().await.unwrap_err(),
            Err(error) => error,
        };
        assert_eq!(cause(&error), "its answer cannot be read: it has a line without an end");
        // As much as the system keeps, for each of some fifty tries.
        assert!(sent.load(Relaxed) < 512 << 20, "{}", sent.load(Relaxed));
    }
}

#[tokio::test]
async fn values_without_end_are_not_kept() {
    for (first, again, part) in [
        // One more than the keys that are wanted.
        (&b""[..], &b"VA 1 c1 k/a\r\nx\r\n"[..], "it has more values than the request has keys"),
        // A value that is promised, and one whose end is elsewhere.
        (b"VA 18446744073709551615 c1 k/a\r\n", b"x", ""),
        (b"VA 16777216 c1 k/a\r\n", b"x", "a value has another length than its header says"),
        (b"VA 3 c1 k/a\r\nxxxxx\r\n", b"x", "a value has another length than its header says"),
    ] {
        let (port, _) = serve(true, first, again).await;
        let driver = connect(port).await.unwrap();
        let error = driver.members().await.unwrap_err();
        assert!(cause(&error).contains(part), "{part}: {error:?}");
    }
}

#[tokio::test]
async fn answers_that_are_none() {
    for (told, part) in [
        (&b"220 mail.example ESMTP\r\n"[..], "found `220 mail.example ESMTP`"),
        (b"\xff\x1b[2J\r\n", r"\u{1b}[2J"),
        (b"VA -1 c1 k/a\r\n", "found `VA -1 c1 k/a`"),
        (b"MN", "unexpected end of file"),
    ] {
        let (port, _) = serve(true, told, b"").await;
        let error = connect(port).await.unwrap().beat(&compute("node-1")).await.unwrap_err();
        assert!(format!("{error:?}").contains(part), "{part}: {error:?}");
    }
}
