use std::error::Error as _;

use periodic_cluster::postgres::PostgresMembership;
use periodic_cluster::{MemberChange, Membership, MembershipError, MembershipErrorKind};
use periodic_test_servers::{Server, Tls};
use periodic_test_support::LogCapture;
use tokio_postgres::NoTls;

use super::url;
use crate::certificates::{Authority, Certified};
use crate::fixture::{compute, enter, next};

/// A server with a certificate for `localhost`, which is at 127.0.0.1 as well.
async fn server(authority: &Authority, clients: Option<&Authority>) -> Option<Server> {
    let Certified { chain, key } = authority.certify("localhost");
    Server::postgres_with_tls(Tls { chain, key, clients: clients.map(Authority::file) }).await
}

async fn open(server: &Server, host: &str, query: &str) -> Result<PostgresMembership, MembershipError> {
    let url = format!("postgres://postgres:hush@{host}:{}/postgres?{query}", server.port());
    PostgresMembership::connect(&url.parse()?).await
}

/// Whether the driver's connections are encrypted, which the server knows.
async fn is_encrypted(server: &Server) -> bool {
    let (client, connection) = tokio_postgres::connect(&url(server.port()), NoTls).await.unwrap();
    let carrier = tokio::spawn(connection);
    let of =
        "SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'periodic'";
    let encrypted = client.query_one(of, &[]).await.unwrap().get(0);
    drop(client);
    carrier.await.unwrap().unwrap();
    encrypted
}

fn refused(opened: Result<PostgresMembership, MembershipError>, what: &str, cause: &str) {
    let error = opened.expect_err(what);
    assert_eq!(error.kind(), MembershipErrorKind::Unavailable, "{what}: {error:?}");
    assert!(error.to_string().ends_with(" offers no TLS that can be used"), "{what}: {error}");
    let said = format!("{error:?}");
    assert!(said.contains(cause) && !said.contains("hush"), "{what}: {said}");
}

#[tokio::test]
async fn each_mode_keeps_what_it_promises() {
    let (authority, others) = (Authority::new(), Authority::new());
    let Some(server) = server(&authority, None).await else { return };
    let (ca, wrong) = (authority.file(), others.file());
    let (ca, wrong) = (ca.display(), wrong.display());
    for (host, query, encrypted) in [
        ("127.0.0.1", "sslmode=disable".to_owned(), false),
        ("127.0.0.1", String::new(), true),
        ("127.0.0.1", "sslmode=prefer".to_owned(), true),
        ("127.0.0.1", "sslmode=require".to_owned(), true),
        ("127.0.0.1", format!("sslmode=require&sslrootcert={ca}"), true),
        ("127.0.0.1", format!("sslmode=verify-ca&sslrootcert={ca}"), true),
        ("localhost", format!("sslmode=verify-full&sslrootcert={ca}"), true),
    ] {
        let said = LogCapture::default();
        let _guard = said.listen();
        let driver = open(&server, host, &query).await.unwrap_or_else(|error| panic!("{query}: {error:?}"));
        assert_eq!(is_encrypted(&server).await, encrypted, "{query}");
        let is_blind = usize::from(query == "sslmode=require");
        let warned = said.containing("does not check the server's certificate");
        assert_eq!(warned.len(), is_blind, "{query}: {warned:?}");
        assert!(warned.iter().all(|line| !line.contains("hush")), "{warned:?}");
        drop(driver);
        crate::fixture::until("its connections have ended", async || {
            !format!("{:?}", connections(&server).await).contains("periodic")
        })
        .await;
    }
    for (host, query, cause) in [
        ("localhost", format!("sslmode=verify-full&sslrootcert={wrong}"), "UnknownIssuer"),
        ("localhost", format!("sslmode=verify-ca&sslrootcert={wrong}"), "UnknownIssuer"),
        ("localhost", format!("sslmode=require&sslrootcert={wrong}"), "UnknownIssuer"),
        ("localhost", "sslmode=verify-full".to_owned(), "UnknownIssuer"),
        ("127.0.0.1", format!("sslmode=verify-full&sslrootcert={ca}"), "not valid for name \"127.0.0.1\""),
    ] {
        refused(open(&server, host, &query).await, &query, cause);
    }
}

async fn connections(server: &Server) -> Vec<String> {
    let (client, connection) = tokio_postgres::connect(&url(server.port()), NoTls).await.unwrap();
    let _carrier = tokio::spawn(connection);
    let rows = client.query("SELECT application_name FROM pg_stat_activity", &[]).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn a_server_without_tls_is_refused_where_it_is_required() {
    let Some(server) = Server::postgres().await else { return };
    let authority = Authority::new();
    for query in [
        "sslmode=require".to_owned(),
        format!("sslmode=verify-full&sslrootcert={}", authority.file().display()),
    ] {
        refused(open(&server, "localhost", &query).await, &query, "server does not support TLS");
    }
    let driver = open(&server, "localhost", "sslmode=prefer").await.unwrap();
    enter(&driver, &compute("node-1")).await;
    assert!(!is_encrypted(&server).await, "which is all that `prefer` promises");
}

#[tokio::test]
async fn a_certificate_that_has_run_out_is_refused_by_those_who_look_at_it() {
    let authority = Authority::new();
    let Certified { chain, key } = authority.certify_until("localhost", 2020);
    let Some(server) = Server::postgres_with_tls(Tls { chain, key, clients: None }).await else { return };
    let ca = authority.file().display().to_string();
    for mode in ["verify-ca", "verify-full"] {
        let query = format!("sslmode={mode}&sslrootcert={ca}");
        refused(open(&server, "localhost", &query).await, mode, "expired");
    }
    open(&server, "localhost", "sslmode=require").await.unwrap();
}

#[tokio::test]
async fn a_server_may_ask_for_the_clients_certificate() {
    let (authority, clients, others) = (Authority::new(), Authority::new(), Authority::new());
    let Some(server) = server(&authority, Some(&clients)).await else { return };
    let with = |client: Option<Certified>| {
        let files = client
            .map(|Certified { chain, key }| format!("&sslcert={}&sslkey={}", chain.display(), key.display()));
        format!("sslmode=verify-full&sslrootcert={}{}", authority.file().display(), files.unwrap_or_default())
    };
    open(&server, "localhost", &with(Some(clients.certify("node-1")))).await.unwrap();
    let without = open(&server, "localhost", &with(None)).await.unwrap_err();
    assert!(format!("{without:?}").contains("valid client certificate"), "{without:?}");
    let stranger = open(&server, "localhost", &with(Some(others.certify("node-1")))).await.unwrap_err();
    assert!(stranger.source().is_some(), "{stranger:?}");
    let open_key = clients.certify("node-4");
    std::fs::set_permissions(&open_key.key, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    let error = open(&server, "localhost", &with(Some(open_key))).await.unwrap_err();
    assert!(format!("{error:?}").contains("others can read it: its mode is 0644; run `chmod 6"), "{error:?}");
    // The key of another certificate.
    let (one, two) = (clients.certify("node-2"), clients.certify("node-3"));
    let mixed = with(Some(Certified { chain: one.chain, key: two.key }));
    let error = open(&server, "localhost", &mixed).await.unwrap_err();
    assert_eq!(error.kind(), MembershipErrorKind::Url, "{error:?}");
}

#[tokio::test]
async fn a_fleet_by_way_of_tls() {
    let authority = Authority::new();
    let Some(server) = server(&authority, None).await else { return };
    let query = format!("sslmode=verify-full&sslrootcert={}", authority.file().display());
    let (driver, watching) = (
        open(&server, "localhost", &query).await.unwrap(),
        open(&server, "localhost", &query).await.unwrap(),
    );
    let mut changes = watching.watch().await.unwrap();
    enter(&driver, &compute("node-1")).await;
    next(&mut changes, |change| matches!(change, MemberChange::Joined(new) if new.host == "node-1")).await;
    server.restart().await;
    crate::fixture::until("heartbeats get through", async || driver.beat(&compute("node-1")).await.is_ok())
        .await;
    driver.leave(&compute("node-1")).await.unwrap();
    next(&mut changes, |change| matches!(change, MemberChange::Left(left) if left.host == "node-1")).await;
}
