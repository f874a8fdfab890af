//! The behaviour of memcached alone.

use std::time::{Duration, Instant};

use periodic_cluster::memcached::MemcachedMembership;
use periodic_cluster::{Membership, MembershipErrorKind, Presence, ServiceGroup, ServiceIdentity};
use periodic_runtime::service::Registry;
use periodic_test_servers::Server;
use tokio::task::JoinSet;

use super::{Engine, Memcached, client};
use crate::coordinated::{DOWN_TIME, open, unreadable};
use crate::fixture::{compute, enter, is_up, until};

const RECORD: &str = "/fleet/a/record/nova-compute@node-1";
const ALIVE: &str = "/fleet/a/alive/nova-compute@node-1";

async fn driver(server: &Server) -> MemcachedMembership {
    open::<Memcached>(&[server.address()]).await
}

async fn group(server: &Server) -> ServiceGroup {
    ServiceGroup::new(driver(server).await, ServiceGroup::DOWN_TIME)
}

/// Returns the key of the only existing part of the index.
async fn part(server: &Server) -> String {
    let mut parts = Vec::new();
    for part in 0..16 {
        let key = format!("/fleet/a/index/{part}");
        parts.extend(client(server).await.get(&key).await.map(|_| key));
    }
    assert_eq!(parts.len(), 1);
    parts.remove(0)
}

#[tokio::test]
async fn a_heartbeat_puts_back_whatever_was_forgotten() {
    let Some(server) = Memcached::server().await else { return };
    let (group, observer) = (group(&server).await, group(&server).await);
    Registry::record(&group, &compute("node-1")).await.unwrap();
    group.join(&compute("node-1")).await.unwrap();
    let mut cache = client(&server).await;
    for forgotten in [RECORD, ALIVE, &part(&server).await] {
        cache.delete(forgotten).await;
        assert!(!is_up(&observer, "node-1").await, "without {forgotten}");
        group.beat(&compute("node-1")).await.unwrap();
        assert!(is_up(&observer, "node-1").await, "after {forgotten}");
    }
    cache.flush_all().await;
    assert!(observer.members().await.unwrap().is_empty());
    group.beat(&compute("node-1")).await.unwrap();
    assert!(is_up(&observer, "node-1").await);
}

#[tokio::test]
async fn it_says_that_it_is_advice_and_takes_no_operators_word() {
    let Some(server) = Memcached::server().await else { return };
    let driver = driver(&server).await;
    let can = driver.capabilities();
    assert!(can.advisory && !can.durable && !can.force_down);
    enter(&driver, &compute("node-1")).await;
    let error = driver.force_down("node-1", "nova-compute", true).await.unwrap_err();
    assert_eq!(error.kind(), MembershipErrorKind::NotOffered);
    let text = "`nova-compute` on host `node-1` cannot be forced down in memcached, which may evict the record: \
                use an engine with lasting records";
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn names_that_are_no_keys_come_back_whole() {
    let Some(server) = Memcached::server().await else { return };
    let (driver, group) = (driver(&server).await, group(&server).await);
    let long = "n".repeat(255);
    let names = [("Knöten", "a/b@c"), ("50%", ".."), (&long, &long)];
    // No group takes these, but the engine must not take them for commands.
    let odd = [("a host\r\nflush_all\r\n", "s p a c e"), ("", "\0")];
    for (host, service) in names.into_iter().chain(odd) {
        let identity = ServiceIdentity::new(host, service);
        enter(&driver, &identity).await;
        driver.beat(&identity).await.unwrap();
    }
    for (host, service) in names {
        assert!(group.is_up_of(host, service).await.unwrap(), "{service:?} on {host:?}");
    }
    let kept = driver.members().await.unwrap();
    for (host, service) in odd {
        assert!(kept.iter().any(|member| (&*member.host, &*member.binary) == (host, service)), "{kept:?}");
    }
    driver.leave(&ServiceIdentity::new(&long, &long)).await.unwrap();
    assert!(!group.is_up_of(&long, &long).await.unwrap());
    assert_eq!(group.members().await.unwrap().len(), names.len());
}

#[tokio::test]
async fn each_prefix_has_members_of_its_own() {
    let Some(server) = Memcached::server().await else { return };
    let first = driver(&server).await;
    enter(&first, &compute("node-1")).await;
    for path in ["", "/", "/fleet", "/fleet/a%20b"] {
        let url = format!("memcached://{}{path}", server.address());
        let second = MemcachedMembership::connect(&url.parse().unwrap(), DOWN_TIME).await.unwrap();
        let before = second.members().await.unwrap();
        assert!(before.iter().all(|member| member.host != "node-1"), "{path}: {before:?}");
        enter(&second, &compute("node-2")).await;
        assert_eq!(second.members().await.unwrap().len(), 1, "{path}");
    }
    assert_eq!(first.members().await.unwrap().len(), 1);
}

/// Memcached counts whole seconds and has begun the first: a key for two may last for little more than one.
#[tokio::test]
async fn nobody_is_down_before_the_down_time_is_over() {
    let Some(server) = Memcached::server().await else { return };
    let (driver, group) = (driver(&server).await, group(&server).await);
    let mut going = JoinSet::new();
    for part in 0..4_u32 {
        // Begun in different parts of a second.
        tokio::time::sleep(Duration::from_millis(250)).await;
        let (driver, group, host) = (driver.clone(), group.clone(), format!("node-{part}"));
        going.spawn(async move {
            enter(&driver, &compute(&host)).await;
            let begun = Instant::now();
            driver.beat(&compute(&host)).await.unwrap();
            until("it goes down", async || !is_up(&group, &host).await).await;
            begun.elapsed()
        });
    }
    for silent in going.join_all().await {
        let most = DOWN_TIME + Duration::from_millis(1_900);
        assert!(silent > DOWN_TIME && silent < most, "{silent:?}");
    }
}

#[tokio::test]
async fn a_down_time_of_more_than_thirty_days() {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    let Some(server) = Memcached::server().await else { return };
    let url = format!("memcached://{}/fleet/a", server.address()).parse().unwrap();
    for days in [29, 31, 365] {
        let driver = MemcachedMembership::connect(&url, days * DAY).await.unwrap();
        enter(&driver, &compute("node-1")).await;
        let left = client(&server).await.rest(ALIVE).await.expect("it has run out at once");
        let right = i64::from(days) * 86_400;
        assert!((right - 5..right + 5).contains(&left), "{days} days: {left} s");
    }
    let driver = MemcachedMembership::connect(&url, Duration::MAX).await.unwrap();
    enter(&driver, &compute("node-1")).await;
    assert_eq!(driver.members().await.unwrap()[0].presence, Presence::Present);
}

#[tokio::test]
async fn a_fleet_that_comes_at_once_is_in_the_index() {
    let Some(server) = Memcached::server().await else { return };
    let mut drivers = Vec::new();
    for _ in 0..64 {
        drivers.push(driver(&server).await);
    }
    let mut going = JoinSet::new();
    for (node, driver) in drivers.into_iter().enumerate() {
        // Long names, so that the parts of the index are no single packets.
        let service = compute(&format!("node-{node}-{}", "n".repeat(200)));
        // Only `record`: a join would restore data that another call has lost.
        going.spawn(async move { driver.record(&service).await.unwrap() });
    }
    going.join_all().await;
    assert_eq!(driver(&server).await.members().await.unwrap().len(), 64);
}

#[tokio::test]
async fn an_index_that_is_full_is_said() {
    let Some(server) = Memcached::server().await else { return };
    let driver = driver(&server).await;
    enter(&driver, &compute("node-1")).await;
    // Below memcached's megabyte, of which memcached itself uses a part.
    let part = part(&server).await;
    let most = "nova-compute@node-1\n".repeat(52_000);
    client(&server).await.set(&part, &most).await;
    driver.beat(&compute("node-1")).await.unwrap();
    let full = "x".repeat((1 << 20) - 80) + "\n";
    client(&server).await.set(&part, &full).await;
    let error = driver.beat(&compute("node-1")).await.unwrap_err();
    assert_eq!(error.kind(), MembershipErrorKind::Store, "{error}");
    assert_eq!(error.to_string(), format!("memcached at {} refused the request", server.address()));
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.contains("object too large for cache"), "{cause}");
}

#[tokio::test]
async fn what_another_program_has_written_is_named() {
    let Some(server) = Memcached::server().await else { return };
    let driver = driver(&server).await;
    enter(&driver, &compute("node-1")).await;
    client(&server).await.set(RECORD, "theirs").await;
    let error = driver.beat(&compute("node-1")).await.unwrap_err();
    assert_eq!(error.kind(), MembershipErrorKind::Store, "{error}");
    assert_eq!(error.to_string(), format!("`{RECORD}` is no record of a member: found the line `theirs`"));
}

#[tokio::test]
async fn a_record_that_cannot_be_read_is_skipped_and_said_once() {
    let Some(server) = Memcached::server().await else { return };
    let driver = driver(&server).await;
    let key = RECORD.replace("node-1", "node-2");
    unreadable::is_skipped(&driver, async |text| {
        client(&server).await.set(&key, text).await;
    })
    .await;
}

#[tokio::test]
async fn foreign_lines_of_the_index_and_values_of_megabytes_hide_no_member() {
    let Some(server) = Memcached::server().await else { return };
    let driver = driver(&server).await;
    for node in 1..=3 {
        enter(&driver, &compute(&format!("node-{node}"))).await;
    }
    let mut cache = client(&server).await;
    let large = vec![b'x'; 1_000_000];
    cache.set(&RECORD.replace("node-1", "node-2"), &large).await;
    cache.set(&ALIVE.replace("node-1", "node-3"), &large).await;
    for part in 0..16 {
        let key = format!("/fleet/a/index/{part}");
        let names = cache.get(&key).await.unwrap_or_default();
        cache.set(&key, [b"a line\r of@others\0\nx@y z\nA@%4\n%zz@b\n", &names[..]].concat()).await;
    }
    let members = driver.members().await.unwrap();
    let hosts: Vec<_> = members.iter().map(|member| member.host.as_str()).collect();
    assert_eq!(hosts, ["node-1", "node-3"]);
    assert_eq!(members[1].presence, Presence::Present);
    driver.beat(&compute("node-1")).await.unwrap();
}
