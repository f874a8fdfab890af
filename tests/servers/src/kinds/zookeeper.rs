use std::fmt::Write as _;
use std::{array, fs};

use rustix::process::Signal;

use crate::folder::Folder;
use crate::installed::{file, program};
use crate::plan::Plan;
use crate::port;
use crate::probe::Probe;
use crate::{Server, Tls};

impl Server {
    /// Starts one ZooKeeper. Its ticks are half a second long, so sessions last from one second to ten.
    pub async fn zookeeper() -> Option<Self> {
        let [server] = zookeeper(None).await?;
        Some(server)
    }

    /// Starts one ZooKeeper. The returned port has TLS; the server's own port has none.
    pub async fn zookeeper_with_tls(tls: Tls) -> Option<(Self, u16)> {
        let secure = port::free();
        let [server] = zookeeper(Some((tls, secure))).await?;
        Some((server, secure))
    }

    /// Starts a ZooKeeper ensemble of three nodes.
    pub async fn zookeeper_ensemble() -> Option<[Self; 3]> {
        zookeeper(None).await
    }
}

async fn zookeeper<const N: usize>(tls: Option<(Tls, u16)>) -> Option<[Server; N]> {
    let package = "zookeeper default-jre-headless";
    let (java, jar) = (program("java", package)?, file("/usr/share/java/zookeeper.jar", package)?);
    let ports: [(u16, u16); N] = array::from_fn(|_| (port::free(), port::free()));
    let servers = array::from_fn(|node| {
        let (folder, port) = (Folder::new("zookeeper", None), port::free());
        let data = folder.join("data");
        let mut settings = format!(
            "tickTime=500\ninitLimit=20\nsyncLimit=10\ndataDir={}\nclientPort={port}\n\
             clientPortAddress=127.0.0.1\nadmin.enableServer=false\n4lw.commands.whitelist=*\n\
             minSessionTimeout=1000\n",
            data.display(),
        );
        if N > 1 {
            for (number, (peer, election)) in ports.iter().enumerate() {
                writeln!(settings, "server.{}=127.0.0.1:{peer}:{election}", number + 1).unwrap();
            }
        }
        if let Some((tls, secure)) = &tls {
            settings.push_str(&secured(&tls.copied(&folder, None), *secure, &folder));
        }
        fs::create_dir(&data).unwrap();
        fs::write(data.join("myid"), format!("{}\n", node + 1)).unwrap();
        fs::write(folder.join("zoo.cfg"), settings).unwrap();

        // Debian's archive names all its dependencies except these two, which TLS needs.
        let jars = ["codec", "resolver"].map(|part| format!("/usr/share/java/netty-{part}.jar")).join(":");
        let path = format!("/etc/zookeeper/conf:{}:{jars}", jar.display());
        let main = "org.apache.zookeeper.server.quorum.QuorumPeerMain";
        let arguments = ["-Xmx256m", "-cp", &path, main, "zoo.cfg"].map(Into::into).into();
        let program = java.clone();
        let plan = Plan { program, arguments, user: None, probe: Probe::ZooKeeper, stop: Signal::TERM };
        Server::spawn(plan, port, folder)
    });
    for server in &servers {
        server.until_ready().await;
    }
    Some(servers)
}

fn secured(tls: &Tls, port: u16, folder: &Folder) -> String {
    // ZooKeeper expects both in one file.
    let both = [&tls.chain, &tls.key].map(|file| fs::read_to_string(file).unwrap()).concat();
    let store = folder.join("store.pem");
    fs::write(&store, both).unwrap();
    let (trusted, clients) = tls.clients.as_ref().map_or((&tls.chain, "none"), |clients| (clients, "need"));
    format!(
        "secureClientPort={port}\nsecureClientPortAddress=127.0.0.1\n\
         serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory\n\
         ssl.keyStore.location={}\nssl.keyStore.type=PEM\nssl.trustStore.location={}\nssl.trustStore.type=PEM\n\
         ssl.clientAuth={clients}\n",
        store.display(),
        trusted.display(),
    )
}
