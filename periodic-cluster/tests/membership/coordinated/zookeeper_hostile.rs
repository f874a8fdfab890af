//! Programs that are no ZooKeeper server, or a hostile one.

use std::cell::Cell;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

use periodic_cluster::zookeeper::ZookeeperMembership;
use periodic_cluster::{Membership, MembershipError, MembershipErrorKind};
use periodic_test_servers::Server;

use super::raw::{self, CLOSE, FalseServer, GET_CHILDREN, Lie, SYNC, answer, framed, welcome};
use crate::fixture::{compute, enter, until};

/// The longest time of a driver's call, with a margin for a busy machine.
const BOUND: Duration = Duration::from_secs(9);
/// The longest wait before a driver connects again.
const LONGEST_WAIT: Duration = Duration::from_millis(1_700);

async fn connect(port: u16) -> Result<ZookeeperMembership, MembershipError> {
    let url = format!("zookeeper://127.0.0.1:{port}/fleet/a").parse().unwrap();
    ZookeeperMembership::connect(&url, Duration::from_secs(60)).await
}

fn welcomed() -> Lie {
    Lie::Bytes(welcome(7, 4_000))
}

/// Answers as an empty ensemble does, but lies to requests for the nodes below the root.
async fn lying(lie: impl Fn(i32) -> Lie + Send + Sync + 'static) -> FalseServer {
    FalseServer::start(welcomed(), move |number, operation| match operation {
        GET_CHILDREN => lie(number),
        SYNC => Lie::Bytes(answer(number, 0, &framed(b"/"))),
        _ => Lie::Bytes(answer(number, 0, &[0; 100])),
    })
    .await
}

async fn members(server: &FalseServer) -> MembershipError {
    let driver = connect(server.port).await.unwrap();
    let begun = Instant::now();
    let error = driver.members().await.unwrap_err();
    assert!(begun.elapsed() < BOUND, "{:?}", begun.elapsed());
    error
}

fn cause(error: &MembershipError) -> String {
    std::error::Error::source(error).map(ToString::to_string).unwrap_or_default()
}

/// With a list of 2^31 names that do not come, the process was ended for want of memory.
#[tokio::test]
async fn a_list_that_is_only_promised_takes_no_memory() {
    let server = lying(|number| Lie::Bytes(answer(number, 0, &i32::MAX.to_be_bytes()))).await;
    let error = members(&server).await;
    assert_eq!(error.kind(), MembershipErrorKind::Store, "{error:?}");
    assert_eq!(cause(&error), "its answer cannot be read: its lists are too long");
}

#[tokio::test]
async fn a_message_without_end_is_not_kept_and_costs_the_connection() {
    let promise = |number: i32| {
        let header = [&number.to_be_bytes()[..], &[0; 12]].concat();
        [&i32::MAX.to_be_bytes()[..], &header].concat()
    };
    let server = lying(move |number| Lie::WithoutEnd(promise(number), vec![0; 1 << 16])).await;
    let error = members(&server).await;
    assert_eq!(error.kind(), MembershipErrorKind::Store, "{error:?}");
    assert_eq!(cause(&error), "it answers with 2147483647 bytes: expected at most 16777216");
    // Longer than the whole message may take, unless it has come as quickly.
    let driver = connect(server.port).await.unwrap();
    let sent = || server.sent.load(Relaxed);
    let before = server.connections.load(Relaxed);
    assert!(driver.members().await.is_err());
    until("the connection is left", async || {
        server.connections.load(Relaxed) > before || sent() > i32::MAX as u64
    })
    .await;
}

#[tokio::test]
async fn an_answer_in_drops_is_not_waited_for() {
    let server = lying(|number| Lie::InDrops(answer(number, 0, &[0; 10_000]))).await;
    let error = members(&server).await;
    assert_eq!(error.kind(), MembershipErrorKind::Unavailable, "{error:?}");
    let before = server.connections.load(Relaxed);
    let driver = connect(server.port).await.unwrap();
    let _ = driver.members().await;
    until("the connection is left", async || server.connections.load(Relaxed) > before + 1).await;
}

#[tokio::test]
async fn answers_that_are_none() {
    for (lie, kind, part) in [
        (answer(0x1234, 0, &[]), MembershipErrorKind::Unavailable, "request 4660, which was not made"),
        (
            (-1_i32).to_be_bytes().to_vec(),
            MembershipErrorKind::Unavailable,
            "the server announces a message of -1 bytes",
        ),
        (framed(b"short"), MembershipErrorKind::Unavailable, "it ends too early"),
        (vec![0x41; 1 << 20], MembershipErrorKind::Unavailable, ""),
    ] {
        let told = lie.clone();
        let server = lying(move |_| Lie::Bytes(told.clone())).await;
        let error = members(&server).await;
        assert_eq!(error.kind(), kind, "{error:?}");
        assert!(cause(&error).contains(part), "{part}: {error:?}");
    }
    // These answer the call, and are read by it.
    for (body, part) in [
        (vec![0, 0, 0, 1], "it ends too early"),
        (vec![0, 0, 0, 1, 0, 0, 0, 1, 0xff], "a text is not UTF-8"),
        (200_000_i32.to_be_bytes().to_vec(), "it ends too early"),
    ] {
        let server = lying(move |number| Lie::Bytes(answer(number, 0, &body))).await;
        let error = members(&server).await;
        assert_eq!(error.kind(), MembershipErrorKind::Store, "{error:?}");
        assert!(cause(&error).contains(part), "{part}: {error:?}");
    }
}

/// Such an answer made the caller panic.
#[tokio::test]
async fn a_node_that_is_created_without_a_path() {
    let server = lying(|number| Lie::Bytes(answer(number, 0, &[0; 4]))).await;
    let driver = connect(server.port).await.unwrap();
    driver.record(&compute("node-1")).await.unwrap();
}

#[tokio::test]
async fn welcomes_that_are_none() {
    let long = framed(&[&welcome(7, 4_000)[4..20], &framed(&[1; 10_000]), &[0]].concat());
    for (told, part) in [
        (Lie::Bytes(welcome(0, 4_000)), "the session has expired"),
        (Lie::Bytes(welcome(7, 0)), "it grants the session no time"),
        (Lie::Bytes(welcome(7, -1)), "it grants the session no time"),
        (Lie::Bytes(long), "has a password of 10000 bytes"),
        (Lie::WithoutEnd(Vec::new(), vec![0x41; 1 << 16]), "it begins with 1094795585 bytes"),
        (Lie::Close, "early eof"),
        (Lie::Silence, "no answer within 1s"),
    ] {
        let server = FalseServer::start(told, |_, _| Lie::Silence).await;
        let error = connect(server.port).await.unwrap_err();
        assert_eq!(error.kind(), MembershipErrorKind::Unavailable, "{error:?}");
        assert!(cause(&error).contains(part) || part == "early eof", "{part}: {error:?}");
        assert!(server.connections.load(Relaxed) < 60, "{part}");
    }
}

/// It was connected to 2500 times a second.
#[tokio::test]
async fn a_server_that_welcomes_and_closes_is_not_asked_without_a_pause() {
    let server = FalseServer::start(welcomed(), |_, _| Lie::Close).await;
    let driver = connect(server.port).await.unwrap();
    assert!(driver.members().await.is_err());
    let connections = server.connections.load(Relaxed);
    assert!(connections < 30, "{connections} in five seconds");
}

#[tokio::test]
async fn a_session_that_always_expires_is_begun_a_few_times() {
    let server = lying(|number| Lie::Bytes(answer(number, -112, &[]))).await;
    let error = members(&server).await;
    assert_eq!(error.kind(), MembershipErrorKind::Unavailable, "{error:?}");
    assert_eq!(cause(&error), "the session has expired");
    assert!(server.connections.load(Relaxed) < 60);
}

/// It answered pings, so it kept the driver for good.
#[tokio::test]
async fn a_server_that_answers_pings_alone_is_left() {
    let server = lying(|_| Lie::Silence).await;
    let driver = connect(server.port).await.unwrap();
    let begun = Instant::now();
    let error = driver.members().await.unwrap_err();
    assert_eq!(error.kind(), MembershipErrorKind::Unavailable, "{error:?}");
    assert!(begun.elapsed() < BOUND, "{:?}", begun.elapsed());
    let left = until("the connection is left", async || server.connections.load(Relaxed) > 1);
    tokio::time::timeout(BOUND, left).await.unwrap();
}

/// The servers grant no less than two of their ticks, so a dead process keeps its node for longer than its session
/// timeout says. It was reported as a second one.
#[tokio::test]
async fn a_dead_process_is_no_second_one_while_its_session_may_last() {
    let names = [&1_i32.to_be_bytes()[..], &framed(b"1-000000000000abcd")].concat();
    let server = lying(move |number| Lie::Bytes(answer(number, 0, &names))).await;
    let url = format!("zookeeper://127.0.0.1:{}/fleet/a?session_timeout=1ms", server.port).parse().unwrap();
    let driver = ZookeeperMembership::connect(&url, Duration::from_secs(60)).await.unwrap();
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_millis(100) {
        assert_eq!(driver.duplicate(&compute("node-1")).await.unwrap(), None);
    }
}

/// Two gigabytes were taken in five seconds.
#[tokio::test]
async fn events_without_end_are_not_kept() {
    let path = format!("/fleet/a/nova-compute@{}", "x".repeat(200));
    let body = [&[0, 0, 0, 1, 0, 0, 0, 3][..], &framed(path.as_bytes())].concat();
    let events = answer(-1, 0, &body).repeat(200);
    let server = lying(move |number| Lie::WithoutEnd(answer(number, 0, &[0; 4]), events.clone())).await;
    let driver = connect(server.port).await.unwrap();
    assert_eq!(driver.members().await.unwrap(), []);
    let begun = Instant::now();
    assert!(driver.members().await.is_err(), "it has no time for an answer");
    assert!(begun.elapsed() < BOUND);
}

#[tokio::test]
async fn the_end_of_a_driver_is_the_end_of_its_connection() {
    let server = FalseServer::start(welcomed(), |_, operation| match operation {
        CLOSE => Lie::Silence,
        _ => Lie::Close,
    })
    .await;
    let driver = connect(server.port).await.unwrap();
    let _ = tokio::time::timeout(Duration::from_millis(300), driver.members()).await;
    drop(driver);
    let last = Cell::new(0);
    until("no other connection comes", async || {
        let before = last.replace(server.connections.load(Relaxed));
        tokio::time::sleep(2 * LONGEST_WAIT).await;
        before == server.connections.load(Relaxed)
    })
    .await;
}

/// Longer than an answer may be, all together.
#[tokio::test]
async fn values_of_megabytes_and_long_names_hide_no_member() {
    let Some(server) = Server::zookeeper().await else { return };
    let driver = connect(server.port()).await.unwrap();
    enter(&driver, &compute("node-00")).await;
    let large = [b"zone=", &vec![b'x'; 1_000_000][..], b"\n"].concat();
    for node in 1..=18 {
        let service = compute(&format!("node-{node:02}"));
        driver.record(&service).await.unwrap();
        raw::set_data(server.port(), &format!("/fleet/a/nova-compute@{}", service.host), &large).await;
    }
    let foreign = "f".repeat(300_000);
    for end in 0..4 {
        raw::create(server.port(), &format!("/fleet/a/nova-compute@node-00/{foreign}{end}"), b"").await;
    }
    let members = driver.members().await.unwrap();
    let hosts: Vec<_> = members.iter().map(|member| member.host.as_str()).collect();
    assert_eq!(hosts.len(), 19, "{hosts:?}");
    assert_eq!(members[0].process, Some(periodic_cluster::Process::of(&compute("node-00"))));
}
