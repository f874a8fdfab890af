use rustix::process::Signal;

use crate::Server;
use crate::folder::Folder;
use crate::installed::{instead_of_root, program};
use crate::plan::{Plan, command};
use crate::port;
use crate::probe::Probe;

impl Server {
    /// PostgreSQL, with the user and the database `postgres`, who needs no password.
    pub async fn postgres() -> Option<Self> {
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
        // Connections are not waited for, but cut: the fast shutdown.
        let plan = Plan { program: postgres, arguments, user, probe: Probe::Postgres, stop: Signal::INT };
        let server = Self::spawn(plan, port, folder);
        server.until_ready().await;
        Some(server)
    }
}
