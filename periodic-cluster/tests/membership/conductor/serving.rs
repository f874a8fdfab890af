//! A conductor that a test starts, stops and starts again.

use std::net::SocketAddr;
use std::time::Duration;

use periodic_cluster::ServiceGroup;
use periodic_cluster::conductor::Server;
use periodic_core::task::Cancellation;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

use super::tls::Certificates;

pub(super) const TOKEN: &str = "hush-hush-hush-00";

pub(super) struct Serving {
    group: ServiceGroup,
    tls: Option<Certificates>,
    address: SocketAddr,
    going: Mutex<Option<(Cancellation, JoinHandle<std::io::Result<()>>)>>,
}

impl Serving {
    pub(super) async fn start(group: ServiceGroup, tls: Option<Certificates>) -> Self {
        // The system chooses a port that is free, and others of this run may want one.
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut serving = Self { group, tls, address: any, going: Mutex::default() };
        serving.address = serving.begin().await;
        serving
    }

    /// Starts it at its address, which is returned.
    pub(super) async fn begin(&self) -> SocketAddr {
        let mut server = Server::new(&self.group, TOKEN).unwrap();
        if let Some(certificates) = &self.tls {
            server = server.tls(certificates.chain(), certificates.key()).unwrap();
        }
        let bound = server.bind(self.address).await.unwrap();
        let address = bound.local_addr();
        let stop = Cancellation::new();
        *self.going.lock().await = Some((stop.clone(), tokio::spawn(bound.serve(stop))));
        address
    }

    /// Stops it, and waits until it has ended. An open watch must not delay that.
    pub(super) async fn stop(&self) {
        let (stop, going) = self.going.lock().await.take().unwrap();
        stop.cancel();
        let end = tokio::time::timeout(Duration::from_secs(4), going).await;
        end.expect("the conductor drains").unwrap().unwrap();
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(super) fn url(&self) -> String {
        match &self.tls {
            None => format!("conductor+http://{TOKEN}@{}", self.address),
            Some(certificates) => {
                let (port, ca) = (self.address.port(), certificates.authority());
                format!("conductor+https://{TOKEN}@localhost:{port}?ca={}", ca.display())
            }
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        if let Some((_, going)) = self.going.get_mut().take() {
            going.abort();
        }
    }
}
