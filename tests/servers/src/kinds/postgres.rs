use std::fs;
use std::path::PathBuf;

use rustix::process::Signal;

use crate::folder::Folder;
use crate::installed::{instead_of_root, program};
use crate::plan::{Plan, command};
use crate::port;
use crate::probe::Probe;
use crate::{Server, Tls};

impl Server {
    /// Starts PostgreSQL, with the database `postgres`, and the user `postgres` without a password.
    pub async fn postgres() -> Option<Self> {
        postgres(None).await
    }

    /// Starts PostgreSQL with optional TLS. If `tls` names authorities for clients, a client over TLS must have a
    /// certificate.
    pub async fn postgres_with_tls(tls: Tls) -> Option<Self> {
        postgres(Some(tls)).await
    }
}

async fn postgres(tls: Option<Tls>) -> Option<Server> {
    let (initdb, postgres) = (program("initdb", "postgresql")?, program("postgres", "postgresql")?);
    let user = instead_of_root("postgres");
    let (folder, port) = (Folder::new("postgres", user), port::free());
    let data = folder.join("data");
    let mut init = command(&initdb, user, folder.path());
    init.arg("-D").arg(&data).args([
        "-A",
        "trust",
        "-U",
        "postgres",
        "--no-sync",
        "-E",
        "UTF8",
        "--locale=C",
    ]);
    let status = tokio::task::spawn_blocking(move || init.status().unwrap()).await.unwrap();
    assert!(status.success(), "initdb ended in {status}");

    let mut arguments = vec!["-D".into(), data.clone().into(), "-k".into(), data.into()];
    arguments.extend(["-h", "127.0.0.1", "-p", &port.to_string(), "-c", "fsync=off"].map(Into::into));
    if let Some(tls) = tls {
        let tls = tls.copied(&folder, user);
        let mut settings =
            vec![("ssl", PathBuf::from("on")), ("ssl_cert_file", tls.chain), ("ssl_key_file", tls.key)];
        if let Some(clients) = tls.clients {
            let access = "hostnossl all all 127.0.0.1/32 trust\n\
                              hostssl all all 127.0.0.1/32 trust clientcert=verify-ca\n";
            fs::write(folder.join("data/pg_hba.conf"), access).unwrap();
            settings.push(("ssl_ca_file", clients));
        }
        for (name, value) in settings {
            arguments.extend(["-c".into(), format!("{name}={}", value.display()).into()]);
        }
    }
    // The fast shutdown: it closes connections instead of waiting for them.
    let plan = Plan { program: postgres, arguments, user, probe: Probe::Postgres, stop: Signal::INT };
    let server = Server::spawn(plan, port, folder);
    server.until_ready().await;
    Some(server)
}
