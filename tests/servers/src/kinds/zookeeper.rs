use std::fmt::Write as _;
use std::{array, fs};

use rustix::process::Signal;

use crate::Server;
use crate::folder::Folder;
use crate::installed::{file, program};
use crate::plan::Plan;
use crate::port;
use crate::probe::Probe;

impl Server {
    /// One ZooKeeper. Its ticks are half a second long, so sessions last from one second to ten.
    pub async fn zookeeper() -> Option<Self> {
        let [server] = zookeeper().await?;
        Some(server)
    }

    /// A ZooKeeper ensemble of three nodes.
    pub async fn zookeeper_ensemble() -> Option<[Self; 3]> {
        zookeeper().await
    }
}

async fn zookeeper<const N: usize>() -> Option<[Server; N]> {
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
        fs::create_dir(&data).unwrap();
        fs::write(data.join("myid"), format!("{}\n", node + 1)).unwrap();
        fs::write(folder.join("zoo.cfg"), settings).unwrap();

        let path = format!("/etc/zookeeper/conf:{}", jar.display());
        let main = "org.apache.zookeeper.server.quorum.QuorumPeerMain";
        let arguments = ["-Xmx128m", "-cp", &path, main, "zoo.cfg"].map(Into::into).into();
        let program = java.clone();
        let plan = Plan { program, arguments, user: None, probe: Probe::ZooKeeper, stop: Signal::TERM };
        Server::spawn(plan, port, folder)
    });
    for server in &servers {
        server.until_ready().await;
    }
    Some(servers)
}
