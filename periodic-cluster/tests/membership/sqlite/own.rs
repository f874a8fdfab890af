//! The behaviour of a file alone.

use std::fs;
use std::time::{Duration, Instant};

use periodic_cluster::sqlite::SqliteMembership;
use periodic_cluster::{MemberChange, Membership, MembershipErrorKind, ServiceGroup};
use periodic_runtime::service::Registry;
use periodic_test_support::LogCapture;
use rusqlite::Connection;
use tokio::task::JoinSet;

use super::Sqlite;
use crate::fixture::{Fixture, compute, enter, is_up, next};

/// Changes rows as only a test does.
pub(super) fn change(store: &Sqlite, sql: &str) {
    assert_eq!(Connection::open(store.0.file()).unwrap().execute(sql, []).unwrap(), 1, "{sql}");
}

#[tokio::test]
async fn many_may_make_the_file_at_once() {
    for _ in 0..20 {
        let store = Sqlite::start().await.unwrap();
        let mut going = JoinSet::new();
        for _ in 0..8 {
            going.spawn(SqliteMembership::open(store.0.file()));
        }
        for end in going.join_all().await {
            end.unwrap();
        }
    }
}

#[tokio::test]
async fn a_file_that_was_removed_is_made_again() {
    let store = Sqlite::start().await.unwrap();
    let group = store.group().await;
    Registry::record(&group, &compute("node-1")).await.unwrap();
    group.join(&compute("node-1")).await.unwrap();
    store.0.remove();
    assert!(group.members().await.unwrap().is_empty());
    // The running service is back with its next heartbeat.
    group.beat(&compute("node-1")).await.unwrap();
    assert!(is_up(&store.group().await, "node-1").await);
}

#[tokio::test]
async fn a_file_that_was_replaced_is_opened_again() {
    let (store, other) = (Sqlite::start().await.unwrap(), Sqlite::start().await.unwrap());
    enter(&other.connect().await, &compute("node-2")).await;
    let driver = store.connect().await;
    enter(&driver, &compute("node-1")).await;
    store.0.remove();
    fs::rename(other.0.file(), store.0.file()).unwrap();
    let members = driver.members().await.unwrap();
    assert_eq!(members.iter().map(|member| member.host.as_str()).collect::<Vec<_>>(), ["node-2"]);
}

#[tokio::test]
async fn a_lock_that_is_not_given_back_is_waited_for_within_a_bound() {
    let store = Sqlite::start().await.unwrap();
    let driver = store.connect().await;
    enter(&driver, &compute("node-1")).await;
    let holder = Connection::open(store.0.file()).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let begun = Instant::now();
    let error = driver.beat(&compute("node-1")).await.unwrap_err();
    assert_eq!(error.kind(), MembershipErrorKind::Unavailable, "{error}");
    assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());
    // Readers do not wait for the writer.
    assert_eq!(driver.members().await.unwrap().len(), 1);
    holder.execute_batch("ROLLBACK").unwrap();
    driver.beat(&compute("node-1")).await.unwrap();
}

/// So that readers and the writer do not wait for each other; another process reads the mode in the file.
#[tokio::test]
async fn the_file_is_written_ahead() {
    let store = Sqlite::start().await.unwrap();
    enter(&store.connect().await, &compute("node-1")).await;
    let other = Connection::open(store.0.file()).unwrap();
    let mode: String = other.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
}

#[tokio::test]
async fn a_heartbeat_of_the_future_counts_by_its_distance() {
    let store = Sqlite::start().await.unwrap();
    let (driver, group) =
        (store.connect().await, ServiceGroup::new(store.connect().await, Duration::from_secs(15)));
    enter(&driver, &compute("node-1")).await;
    change(&store, "UPDATE services SET last_seen = last_seen + 10 * 1000000000");
    assert!(is_up(&group, "node-1").await);
    change(&store, "UPDATE services SET last_seen = last_seen + 10 * 1000000000");
    assert!(!is_up(&group, "node-1").await);
    change(&store, "UPDATE services SET last_seen = last_seen - 40 * 1000000000");
    assert!(!is_up(&group, "node-1").await);
}

#[tokio::test]
async fn a_watch_outlives_its_file() {
    let store = Sqlite::start().await.unwrap();
    let driver = store.connect().await;
    enter(&driver, &compute("node-1")).await;
    let group = ServiceGroup::new(store.connect().await, Duration::from_secs(60));
    let mut changes = group.watch().await.unwrap();
    store.0.move_away();
    let told = changes.next().await.unwrap();
    assert_eq!(told.unwrap_err().kind(), MembershipErrorKind::Unavailable);
    store.0.move_back();
    driver.leave(&compute("node-1")).await.unwrap();
    let left = next(&mut changes, |change| !matches!(change, MemberChange::Updated(_))).await;
    assert!(matches!(&left, MemberChange::Left(member) if member.host == "node-1"), "{left:?}");
}

#[tokio::test]
async fn what_is_no_file_of_members_is_refused() {
    let store = Sqlite::start().await.unwrap();
    let file = store.0.file();
    fs::write(&file, "this is a text, and not a database, however long one reads it\n".repeat(40)).unwrap();
    let text = SqliteMembership::open(&file).await.unwrap_err();
    assert_eq!(text.kind(), MembershipErrorKind::Store, "{text}");
    fs::remove_file(&file).unwrap();
    Connection::open(&file).unwrap().execute_batch("CREATE TABLE theirs (a)").unwrap();
    let theirs = SqliteMembership::open(&file).await.unwrap_err().to_string();
    assert!(theirs.contains("belongs to another program"), "{theirs}");
    for (url, part) in [
        ("sqlite:", "names no file"),
        ("sqlite::memory:", "`memory:`"),
        ("sqlite://host/nodes.db", "no hosts"),
        ("sqlite:nodes.db?mode=ro", "takes no `mode`"),
        ("sqlite:/no/such/folder/nodes.db", "cannot be used"),
    ] {
        let error = ServiceGroup::connect(url).await.unwrap_err().to_string();
        assert!(error.contains(part), "{url}: {error}");
    }
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_skipped_and_said_once() {
    let said = LogCapture::default();
    let _guard = said.listen();
    let store = Sqlite::start().await.unwrap();
    let driver = store.connect().await;
    for node in 1..=6 {
        enter(&driver, &compute(&format!("node-{node}"))).await;
    }
    for (host, spoilt) in [
        ("node-2", "process = 'theirs'"),
        ("node-3", "report_count = -1"),
        ("node-4", "host = CAST(x'ff1b5b324a' AS TEXT)"),
        ("node-5", "last_seen = NULL, created_at = -9223372036854775807"),
        ("node-6", "topic = CAST(x'ff' AS TEXT)"),
    ] {
        change(&store, &format!("UPDATE services SET {spoilt} WHERE host = '{host}'"));
    }
    let hosts = async || {
        let members = driver.members().await.unwrap();
        members.into_iter().map(|member| member.host).collect::<Vec<_>>()
    };
    for _ in 0..3 {
        assert_eq!(hosts().await, ["node-1"]);
    }
    let lines = said.containing("cannot be read");
    assert_eq!(lines.len(), 5, "{lines:?}");
    for host in ["node-2", "node-3", "\u{fffd}\\u{1b}[2J", "node-5", "node-6"] {
        let record = format!("record=nova-compute on {host}");
        assert!(
            lines.iter().any(|line| line.starts_with("WARN") && line.contains(&record)),
            "{host}: {lines:?}"
        );
    }
    assert!(lines.iter().all(|line| !line.contains('\u{1b}')), "{lines:?}");
    // Repaired, and spoilt again: that is another event.
    change(&store, "UPDATE services SET report_count = 0 WHERE host = 'node-3'");
    assert_eq!(hosts().await, ["node-1", "node-3"]);
    change(&store, "UPDATE services SET report_count = -1 WHERE host = 'node-3'");
    assert_eq!(hosts().await, ["node-1"]);
    assert_eq!(said.containing("cannot be read").len(), 6);
}

#[tokio::test]
async fn many_watches_of_one_driver_are_told() {
    let store = Sqlite::start().await.unwrap();
    let group = store.group().await;
    let mut watches = Vec::new();
    for _ in 0..20 {
        watches.push(group.watch().await.unwrap());
    }
    Registry::record(&group, &compute("node-1")).await.unwrap();
    group.join(&compute("node-1")).await.unwrap();
    for changes in &mut watches {
        let joined = next(changes, |change| matches!(change, MemberChange::Joined(_))).await;
        assert_eq!(joined.member().host, "node-1");
    }
}
