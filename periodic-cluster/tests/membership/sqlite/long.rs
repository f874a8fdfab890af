use periodic_cluster::Membership;
use periodic_test_support::LogCapture;

use super::Sqlite;
use super::own::change;
use crate::fixture::{Fixture, compute, enter};

#[tokio::test]
async fn texts_of_megabytes_in_rows_are_not_read() {
    let store = Sqlite::start().await.unwrap();
    let driver = store.connect().await;
    for node in 1..=6 {
        enter(&driver, &compute(&format!("node-{node}"))).await;
    }
    for (host, column) in [
        ("node-2", "topic"),
        ("node-3", "process"),
        ("node-4", "host"),
        ("node-5", "service"),
        ("node-6", "beaten_by"),
    ] {
        let long = "CAST(zeroblob(2000000) AS TEXT)";
        change(&store, &format!("UPDATE services SET {column} = {long} WHERE host = '{host}'"));
    }
    let log = LogCapture::default();
    let _guard = log.listen();
    // The driver alone: a group passes over names that are too long.
    let members = driver.members().await.unwrap();
    let hosts: Vec<_> = members.iter().map(|member| member.host.as_str()).collect();
    assert_eq!(hosts, ["node-1", "node-6"]);
    assert!(members.iter().all(|member| member.process.is_some()), "{members:?}");
    assert_eq!(members[0].topic, compute("node-1").topic);
    // Such a text is read as bytes that are none.
    let skipped = log.containing("cannot be read");
    assert!(skipped.len() == 4 && skipped.iter().all(|line| line.contains("Blob")), "{skipped:?}");
    driver.duplicate(&compute("node-6")).await.unwrap_err();
}
