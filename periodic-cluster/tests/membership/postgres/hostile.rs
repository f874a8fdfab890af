//! Programs that are no PostgreSQL server, or a hostile one.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use periodic_cluster::postgres::PostgresMembership;
use periodic_cluster::{Membership, MembershipError, MembershipErrorKind, ServiceGroup};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use tokio_postgres::NoTls;

use super::{Postgres, url};
use crate::fixture::{Fixture, compute, enter};

/// The messages of a correct server before the first statement: it accepts the user, and is ready.
const WELCOME: &[u8] = b"R\0\0\0\x08\0\0\0\0K\0\0\0\x0c\0\0\0\x01\0\0\0\x02Z\0\0\0\x05I";

/// Answers each connection with `first`, and then with `again` without end.
async fn serve(welcome: &'static [u8], first: &'static [u8], again: Vec<u8>) -> (u16, Arc<AtomicU64>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, sent) = (listener.local_addr().unwrap().port(), Arc::new(AtomicU64::new(0)));
    let (counted, again) = (Arc::clone(&sent), Arc::new(again));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream, welcome, first, Arc::clone(&again), Arc::clone(&counted)));
        }
    });
    (port, sent)
}

async fn answer(
    mut stream: TcpStream,
    welcome: &[u8],
    first: &[u8],
    again: Arc<Vec<u8>>,
    sent: Arc<AtomicU64>,
) -> std::io::Result<()> {
    let mut asked = [0; 4096];
    // It has no TLS.
    stream.read_exact(&mut asked[..8]).await?;
    stream.write_all(b"N").await?;
    let _ = stream.read(&mut asked).await?;
    if !welcome.is_empty() {
        stream.write_all(welcome).await?;
        let _ = stream.read(&mut asked).await?;
    }
    stream.write_all(first).await?;
    loop {
        stream.write_all(&again).await?;
        sent.fetch_add(again.len() as u64, Relaxed);
    }
}

/// Creates a message of a megabyte with this beginning.
fn message(tag: u8, begin: &[u8]) -> Vec<u8> {
    let mut payload = begin.to_vec();
    payload.resize((1 << 20) - 1, b'x');
    payload.push(0);
    let length = u32::try_from(payload.len() + 4).unwrap();
    [&[tag][..], &length.to_be_bytes(), &payload].concat()
}

async fn refused(port: u16) -> MembershipError {
    let error = PostgresMembership::connect(&url(port).parse().unwrap()).await.unwrap_err();
    assert_eq!(error.kind(), MembershipErrorKind::Unavailable, "{error:?}");
    error
}

#[tokio::test]
async fn a_message_that_is_promised_to_be_huge_is_not_taken() {
    for welcome in [WELCOME, b""] {
        let (port, sent) = serve(welcome, b"D\x7f\xff\xff\xff", vec![0; 1 << 16]).await;
        let error = refused(port).await.to_string();
        assert!(error.ends_with("a message of 2147483647 bytes; expected at most 16777216"), "{error}");
        assert!(error.contains("postgres://***@127.0.0.1"), "{error}");
        assert!(sent.load(Relaxed) < 16 << 20, "as much as the system keeps");
    }
}

#[tokio::test]
async fn an_answer_without_end_is_not_taken() {
    // The description of a statement's parameters, repeatedly.
    let (port, sent) = serve(WELCOME, b"1\0\0\0\x04", message(b't', b"\0\x01")).await;
    let error = refused(port).await.to_string();
    assert!(error.ends_with("an answer of more than 67108864 bytes"), "{error}");
    assert!(sent.load(Relaxed) < 80 << 20);
}

#[tokio::test]
async fn settings_without_end_are_not_taken() {
    let (port, _) = serve(b"", b"R\0\0\0\x08\0\0\0\0", message(b'S', b"a\0")).await;
    let error = refused(port).await.to_string();
    assert!(error.ends_with("an answer of more than 67108864 bytes"), "{error}");
}

/// Longer than a message may be.
#[tokio::test]
async fn texts_of_megabytes_in_rows_hide_no_other_row() {
    let Some(store) = Postgres::start().await else { return };
    let driver = store.connect().await;
    for node in 1..=3 {
        enter(&driver, &compute(&format!("node-{node}"))).await;
    }
    let (client, connection) = tokio_postgres::connect(&url(store.0.port()), NoTls).await.unwrap();
    tokio::spawn(connection);
    for (host, column) in [("node-1", "topic"), ("node-2", "process"), ("node-3", "beaten_by")] {
        let spoilt =
            format!("UPDATE periodic.services SET {column} = repeat('x', 20000000) WHERE host = '{host}'");
        client.batch_execute(&spoilt).await.unwrap();
    }
    let group = ServiceGroup::new(driver.clone(), ServiceGroup::DOWN_TIME);
    let members = group.members().await.unwrap();
    assert_eq!(members.iter().map(|member| member.host.as_str()).collect::<Vec<_>>(), ["node-3"]);
    assert_eq!(driver.duplicate(&compute("node-3")).await.unwrap(), None, "it is no process");
}

/// The system accepts for a server that stands still. It had the whole time of each call.
#[tokio::test]
async fn hosts_that_are_silent_leave_time_for_the_next() {
    let Some(store) = Postgres::start().await else { return };
    let silent =
        [TcpListener::bind("127.0.0.1:0").await.unwrap(), TcpListener::bind("127.0.0.1:0").await.unwrap()];
    let [one, two] = silent.each_ref().map(|listener| listener.local_addr().unwrap());
    let url = format!("postgres://postgres@{one},{two},127.0.0.1:{}/postgres", store.0.port());
    let driver = PostgresMembership::connect(&url.parse().unwrap()).await.unwrap();
    enter(&driver, &compute("node-1")).await;
    let error =
        PostgresMembership::connect(&format!("postgres://postgres@{one},{two}/postgres").parse().unwrap())
            .await
            .unwrap_err();
    assert_eq!(error.kind(), MembershipErrorKind::Unavailable);
    assert!(format!("{error:?}").contains("no answer within 2s"), "{error:?}");
}
