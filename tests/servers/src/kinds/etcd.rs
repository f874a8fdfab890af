use std::array;

use rustix::process::Signal;

use crate::Server;
use crate::folder::Folder;
use crate::installed::program;
use crate::plan::Plan;
use crate::port;
use crate::probe::Probe;

impl Server {
    /// One etcd.
    pub async fn etcd() -> Option<Self> {
        let [server] = etcd().await?;
        Some(server)
    }

    /// An etcd cluster of three nodes.
    pub async fn etcd_ensemble() -> Option<[Self; 3]> {
        etcd().await
    }
}

async fn etcd<const N: usize>() -> Option<[Server; N]> {
    let program = program("etcd", "etcd-server")?;
    let peers: [u16; N] = array::from_fn(|_| port::free());
    let url = |port: u16| format!("http://127.0.0.1:{port}");
    let cluster: Vec<String> =
        peers.iter().enumerate().map(|(node, peer)| format!("n{node}={}", url(*peer))).collect();
    let servers = array::from_fn(|node| {
        let (folder, port) = (Folder::new("etcd", None), port::free());
        let arguments = [
            ("--name", format!("n{node}")),
            ("--data-dir", folder.join("data").display().to_string()),
            ("--listen-client-urls", url(port)),
            ("--advertise-client-urls", url(port)),
            ("--listen-peer-urls", url(peers[node])),
            ("--initial-advertise-peer-urls", url(peers[node])),
            ("--initial-cluster", cluster.join(",")),
        ];
        let arguments = arguments.into_iter().flat_map(|(name, value)| [name.into(), value.into()]).collect();
        let program = program.clone();
        let plan = Plan { program, arguments, user: None, probe: Probe::Etcd, stop: Signal::TERM };
        Server::spawn(plan, port, folder)
    });
    for server in &servers {
        server.until_ready().await;
    }
    Some(servers)
}
