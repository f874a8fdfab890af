use std::array;

use rustix::process::Signal;

use crate::folder::Folder;
use crate::installed::program;
use crate::plan::Plan;
use crate::port;
use crate::probe::Probe;
use crate::{Server, Tls};

impl Server {
    /// Starts one etcd.
    pub async fn etcd() -> Option<Self> {
        let [server] = etcd(None).await?;
        Some(server)
    }

    /// Starts one etcd, which serves clients with TLS only.
    pub async fn etcd_with_tls(tls: Tls) -> Option<Self> {
        let [server] = etcd(Some(tls)).await?;
        Some(server)
    }

    /// Starts an etcd cluster of three nodes.
    pub async fn etcd_ensemble() -> Option<[Self; 3]> {
        etcd(None).await
    }
}

async fn etcd<const N: usize>(tls: Option<Tls>) -> Option<[Server; N]> {
    let program = program("etcd", "etcd-server")?;
    let peers: [u16; N] = array::from_fn(|_| port::free());
    let url = |port: u16| format!("http://127.0.0.1:{port}");
    let cluster: Vec<String> =
        peers.iter().enumerate().map(|(node, peer)| format!("n{node}={}", url(*peer))).collect();
    let servers = array::from_fn(|node| {
        let (folder, port) = (Folder::new("etcd", None), port::free());
        let client = if tls.is_some() { url(port).replace("http:", "https:") } else { url(port) };
        let mut arguments = vec![
            ("--name", format!("n{node}")),
            ("--data-dir", folder.join("data").display().to_string()),
            ("--listen-client-urls", client.clone()),
            ("--advertise-client-urls", client),
            ("--listen-peer-urls", url(peers[node])),
            ("--initial-advertise-peer-urls", url(peers[node])),
            ("--initial-cluster", cluster.join(",")),
        ];
        // The probe uses no TLS.
        let mut probe = Probe::Etcd { at: None };
        if let Some(tls) = &tls {
            let (files, health) = (tls.copied(&folder, None), port::free());
            arguments.push(("--cert-file", files.chain.display().to_string()));
            arguments.push(("--key-file", files.key.display().to_string()));
            if let Some(clients) = files.clients {
                arguments.push(("--trusted-ca-file", clients.display().to_string()));
                arguments.push(("--client-cert-auth", "true".into()));
            }
            arguments.push(("--listen-metrics-urls", url(health)));
            probe = Probe::Etcd { at: Some(health) };
        }
        let arguments = arguments.into_iter().map(|(name, value)| format!("{name}={value}").into()).collect();
        let program = program.clone();
        let plan = Plan { program, arguments, user: None, probe, stop: Signal::TERM };
        Server::spawn(plan, port, folder)
    });
    for server in &servers {
        server.until_ready().await;
    }
    Some(servers)
}
