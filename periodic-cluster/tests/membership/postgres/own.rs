//! The behaviour of PostgreSQL alone.

use std::error::Error as _;
use std::time::{Duration, Instant};

use periodic_cluster::postgres::PostgresMembership;
use periodic_cluster::{MemberChange, Membership, MembershipErrorKind, Presence, Record, ServiceGroup};
use periodic_runtime::service::Registry;
use periodic_test_servers::{Proxy, Server};
use periodic_test_support::LogCapture;
use tokio::task::JoinSet;
use tokio_postgres::NoTls;

use super::{Postgres, url};
use crate::fixture::{Fixture, compute, enter, is_up, next, until};

/// Runs statements that only a test or an operator runs.
async fn sql(server: &Server, statements: &str) {
    let (client, connection) = tokio_postgres::connect(&url(server.port()), NoTls).await.unwrap();
    let carrier = tokio::spawn(connection);
    client.batch_execute(statements).await.unwrap();
    drop(client);
    carrier.await.unwrap().unwrap();
}

#[tokio::test]
async fn nodes_that_come_at_once_make_the_tables_once() {
    let Some(store) = Postgres::start().await else { return };
    let mut going = JoinSet::new();
    for _ in 0..8 {
        let url = url(store.0.port());
        going.spawn(async move { PostgresMembership::connect(&url.parse().unwrap()).await });
    }
    for end in going.join_all().await {
        assert!(end.unwrap().members().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn each_schema_has_members_of_its_own() {
    let Some(store) = Postgres::start().await else { return };
    let other = format!("{}?schema=other", url(store.0.port()));
    let (first, second) =
        (store.connect().await, PostgresMembership::connect(&other.parse().unwrap()).await.unwrap());
    enter(&first, &compute("node-1")).await;
    assert!(second.members().await.unwrap().is_empty());
    let mut changes = second.watch().await.unwrap();
    enter(&second, &compute("node-2")).await;
    assert_eq!(next(&mut changes, |_| true).await.member().host, "node-2");
}

#[tokio::test]
async fn tables_that_were_dropped_are_made_again() {
    let Some(store) = Postgres::start().await else { return };
    let group = store.group().await;
    for statements in ["DROP SCHEMA periodic CASCADE", "DROP TABLE periodic.services"] {
        Registry::record(&group, &compute("node-1")).await.unwrap();
        group.join(&compute("node-1")).await.unwrap();
        sql(&store.0, statements).await;
        assert!(group.members().await.unwrap().is_empty());
        // The running service is back with its next heartbeat.
        group.beat(&compute("node-1")).await.unwrap();
        assert!(is_up(&store.group().await, "node-1").await);
    }
}

#[tokio::test]
async fn a_schema_of_another_program_or_version_is_left_alone() {
    let Some(store) = Postgres::start().await else { return };
    sql(&store.0, "CREATE SCHEMA periodic; CREATE TABLE periodic.services (theirs INT)").await;
    let theirs = PostgresMembership::connect(&url(store.0.port()).parse().unwrap()).await.unwrap_err();
    assert_eq!(theirs.kind(), MembershipErrorKind::Store, "{theirs}");
    assert!(theirs.to_string().contains("of another program"), "{theirs}");
    sql(&store.0, "DROP TABLE periodic.services").await;
    let _made = store.connect().await;
    sql(&store.0, "UPDATE periodic.periodic_version SET version = 7").await;
    let newer =
        PostgresMembership::connect(&url(store.0.port()).parse().unwrap()).await.unwrap_err().to_string();
    assert!(newer.contains("version 7") && newer.contains("up to 1"), "{newer}");
}

#[tokio::test]
async fn a_user_without_rights_is_told_so_and_the_password_is_not() {
    let Some(store) = Postgres::start().await else { return };
    sql(&store.0, "CREATE USER guest PASSWORD 'hush'; REVOKE CREATE ON DATABASE postgres FROM PUBLIC").await;
    let url = url(store.0.port()).replace("postgres@", "guest:hush@");
    let refused = PostgresMembership::connect(&url.parse().unwrap()).await.unwrap_err();
    assert_eq!(refused.kind(), MembershipErrorKind::Store, "{refused}");
    let shown = format!("{refused} {refused:?}");
    assert!(shown.contains("permission denied") && !shown.contains("hush"), "{shown}");
    // A user that owns a schema needs no other right.
    sql(&store.0, "CREATE SCHEMA periodic AUTHORIZATION guest").await;
    let guest = PostgresMembership::connect(&url.parse().unwrap()).await.unwrap();
    assert_eq!(guest.record(&compute("node-1")).await.unwrap(), Record::Created);
    assert!(!format!("{guest:?}").contains("hush"), "{guest:?}");
}

#[tokio::test]
async fn a_heartbeat_of_the_future_counts_by_its_distance() {
    let Some(store) = Postgres::start().await else { return };
    let (driver, group) =
        (store.connect().await, ServiceGroup::new(store.connect().await, Duration::from_secs(60)));
    enter(&driver, &compute("node-1")).await;
    for (seconds, up) in [(40, true), (80, false), (-40, true), (-80, false)] {
        let change = format!("UPDATE periodic.services SET last_seen = now() + interval '{seconds} s'");
        sql(&store.0, &change).await;
        let presence = driver.members().await.unwrap()[0].presence;
        let Presence::Heartbeat { age } = presence else { panic!("{presence:?}") };
        assert!((age + seconds * 1_000_000_000).abs() < 10_000_000_000, "{seconds}: {age}");
        assert_eq!(is_up(&group, "node-1").await, up, "{seconds}");
    }
}

#[tokio::test]
async fn a_lock_that_is_not_given_back_is_waited_for_within_a_bound() {
    let Some(store) = Postgres::start().await else { return };
    let driver = store.connect().await;
    enter(&driver, &compute("node-1")).await;
    let (client, connection) = tokio_postgres::connect(&url(store.0.port()), NoTls).await.unwrap();
    let _carrier = tokio::spawn(connection);
    client.batch_execute("BEGIN; LOCK periodic.services IN EXCLUSIVE MODE").await.unwrap();
    let begun = Instant::now();
    let error = driver.beat(&compute("node-1")).await.unwrap_err();
    assert_eq!(error.kind(), MembershipErrorKind::Unavailable, "{error}");
    assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());
    assert_eq!(driver.members().await.unwrap().len(), 1, "readers do not wait for the writer");
    client.batch_execute("ROLLBACK").await.unwrap();
    driver.beat(&compute("node-1")).await.unwrap();
}

#[tokio::test]
async fn a_call_on_a_silent_connection_ends_and_the_next_one_works() {
    let Some(store) = Postgres::start().await else { return };
    let proxy = Proxy::to(store.0.port()).await;
    let driver = PostgresMembership::connect(&url(proxy.port()).parse().unwrap()).await.unwrap();
    enter(&driver, &compute("node-1")).await;
    proxy.swallow();
    let begun = Instant::now();
    let error = driver.beat(&compute("node-1")).await.unwrap_err();
    assert_eq!(error.kind(), MembershipErrorKind::Unavailable, "{error}");
    assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());
    proxy.heal();
    driver.beat(&compute("node-1")).await.unwrap();

    // The caller has a shorter bound, and other connections wait.
    let service = compute("node-1");
    let beats = (driver.beat(&service), driver.beat(&service), driver.beat(&service));
    let _ = tokio::try_join!(beats.0, beats.1, beats.2).unwrap();
    proxy.swallow();
    let short = Duration::from_millis(200);
    assert!(tokio::time::timeout(short, driver.beat(&compute("node-1"))).await.is_err());
    proxy.heal();
    driver.beat(&compute("node-1")).await.unwrap();
}

#[tokio::test]
async fn a_watch_outlives_its_server() {
    let Some(store) = Postgres::start().await else { return };
    let driver = store.connect().await;
    enter(&driver, &compute("node-1")).await;
    let mut changes = driver.watch().await.unwrap();
    store.0.kill();
    let told = changes.next().await.unwrap();
    assert_eq!(told.unwrap_err().kind(), MembershipErrorKind::Unavailable);
    store.0.restart().await;
    until("the member has left", async || driver.leave(&compute("node-1")).await.is_ok()).await;
    let left = next(&mut changes, |change| !matches!(change, MemberChange::Updated(_))).await;
    assert!(matches!(&left, MemberChange::Left(member) if member.host == "node-1"), "{left:?}");
}

#[tokio::test]
async fn a_watch_is_told_and_does_not_ask() {
    let Some(store) = Postgres::start().await else { return };
    let (driver, watching) = (store.connect().await, store.connect().await);
    enter(&driver, &compute("node-1")).await;
    let mut changes = watching.watch().await.unwrap();
    for beats in 1..=3 {
        let begun = Instant::now();
        driver.beat(&compute("node-1")).await.unwrap();
        let change = next(&mut changes, |change| change.member().report_count == beats).await;
        assert!(matches!(change, MemberChange::Updated(_)), "{change:?}");
        assert!(begun.elapsed() < Duration::from_secs(2), "long before it reads by itself");
    }
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_skipped_and_said_once() {
    let Some(store) = Postgres::start().await else { return };
    let said = LogCapture::default();
    let _guard = said.listen();
    let driver = store.connect().await;
    for node in 1..=6 {
        enter(&driver, &compute(&format!("node-{node}"))).await;
    }
    let mut changes = driver.watch().await.unwrap();
    for (host, spoilt) in [
        ("node-2", "process = E'theirs \\x1b[2J'"),
        ("node-3", "report_count = -1"),
        ("node-4", "last_seen = 'infinity'"),
        ("node-5", "last_seen = NULL, created_at = '-infinity'"),
        ("node-6", "last_seen = '294276-12-31'"),
    ] {
        sql(&store.0, &format!("UPDATE periodic.services SET {spoilt} WHERE host = '{host}'")).await;
    }
    for _ in 0..3 {
        let members = driver.members().await.unwrap();
        assert_eq!(members.iter().map(|member| member.host.as_str()).collect::<Vec<_>>(), ["node-1"]);
    }
    for node in 2..=6 {
        let host = format!("node-{node}");
        next(&mut changes, |change| matches!(change, MemberChange::Left(left) if left.host == host)).await;
        let record = format!("record=nova-compute on {host}");
        let lines = said.containing(&record);
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].starts_with("WARN") && !lines[0].contains('\x1b'), "{lines:?}");
    }
}

/// Texts of another program or of an attacker, which end in a log.
#[tokio::test]
async fn what_a_server_says_is_shown_harmlessly() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("postgres://nova:hush@{}/fleet?sslmode=disable", listener.local_addr().unwrap());
    let server = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.read(&mut [0; 1024]).await.unwrap();
        let mut fields = b"SFATAL\0C28000\0M\x1b[31mnode-1 is up\n".to_vec();
        fields.extend(vec![b'x'; 5_000_000]);
        fields.extend(b"\0\0");
        let length = u32::try_from(fields.len() + 4).unwrap().to_be_bytes();
        stream.write_all(&[&b"E"[..], &length, &fields].concat()).await.unwrap();
        stream
    };
    let url = url.parse().unwrap();
    let (opened, _stream) = tokio::join!(PostgresMembership::connect(&url), server);
    let error = opened.unwrap_err();
    let mut texts = vec![format!("{error:?}")];
    let mut cause = error.source();
    while let Some(error) = cause {
        texts.push(error.to_string());
        cause = error.source();
    }
    assert!(texts.iter().any(|text| text.contains("node-1 is up")), "{texts:.300?}");
    for text in texts {
        assert!(text.len() < 30_000 && !text.contains(char::is_control), "{} bytes: {text:.200}", text.len());
    }
}

/// An earlier version made the tables, or makes them again while this one is connected.
#[tokio::test]
async fn tables_of_an_older_program_get_what_was_added() {
    let Some(store) = Postgres::start().await else { return };
    let connected = store.connect().await;
    enter(&connected, &compute("node-1")).await;
    let older = "ALTER TABLE periodic.services DROP COLUMN beaten_by";
    sql(&store.0, older).await;
    connected.beat(&compute("node-1")).await.unwrap();
    sql(&store.0, older).await;
    let driver = store.connect().await;
    driver.beat(&compute("node-1")).await.unwrap();
    assert_eq!(driver.members().await.unwrap().len(), 1);
    // That program does not change tables of a later version than 1.
    sql(&store.0, "DO $$ BEGIN ASSERT (SELECT version = 1 FROM periodic.periodic_version); END $$").await;
}

#[tokio::test]
async fn watches_of_one_driver_share_a_connection() {
    let Some(store) = Postgres::start().await else { return };
    let group = store.group().await;
    let mut watches = Vec::new();
    for _ in 0..20 {
        watches.push(group.watch().await.unwrap());
    }
    Registry::record(&group, &compute("node-1")).await.unwrap();
    group.join(&compute("node-1")).await.unwrap();
    for changes in &mut watches {
        next(changes, |change| matches!(change, MemberChange::Joined(new) if new.host == "node-1")).await;
    }
    let listening = async || {
        let (client, connection) = tokio_postgres::connect(&url(store.0.port()), NoTls).await.unwrap();
        let _carrier = tokio::spawn(connection);
        let of = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'periodic'";
        client.query_one(of, &[]).await.unwrap().get::<_, i64>(0)
    };
    assert!(listening().await <= 5, "at most four for calls, and one for all watches");
    drop((watches, group));
    until("its connections have ended", async || listening().await == 0).await;
}
