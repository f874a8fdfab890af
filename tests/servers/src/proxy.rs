use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// A proxy between clients and a server. Dropping it ends all its connections.
pub struct Proxy {
    port: u16,
    weather: watch::Sender<Weather>,
    task: JoinHandle<()>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Weather {
    Fair,
    Delay(Duration),
    CutAnswers,
    Cut,
    Swallow,
}

impl Proxy {
    /// Creates a proxy on a free port, for the server at `127.0.0.1:port`.
    pub async fn to(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", crate::port::free())).await.unwrap();
        let own = listener.local_addr().unwrap().port();
        let weather = watch::Sender::new(Weather::Fair);
        let task = tokio::spawn(serve(listener, port, weather.subscribe()));
        Self { port: own, weather, task }
    }

    /// Returns the port on 127.0.0.1 for clients.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Returns `127.0.0.1:PORT`.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Delays all data by `by`, in both directions.
    pub fn delay(&self, by: Duration) {
        self.weather.send_replace(Weather::Delay(by));
    }

    /// Closes all connections, and each new one immediately.
    pub fn cut(&self) {
        self.weather.send_replace(Weather::Cut);
    }

    /// Passes data of clients on, but closes a connection when the server answers.
    pub fn cut_answers(&self) {
        self.weather.send_replace(Weather::CutAnswers);
    }

    /// Keeps connections open, new ones too, but passes no data on: neither end sees that the other is gone. They stay
    /// so after [`heal`](Self::heal), like connections that a router has lost.
    pub fn swallow(&self) {
        self.weather.send_replace(Weather::Swallow);
    }

    /// Ends the failure. Connections that `swallow` has silenced stay silent.
    pub fn heal(&self) {
        self.weather.send_replace(Weather::Fair);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(listener: TcpListener, server: u16, weather: watch::Receiver<Weather>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((client, _)) = accepted {
                    connections.spawn(carry(client, server, weather.clone()));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn carry(mut client: TcpStream, port: u16, mut weather: watch::Receiver<Weather>) {
    let mut server = None;
    let now = *weather.borrow_and_update();
    if !matches!(now, Weather::Cut | Weather::Swallow) {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)).await else { return };
        // Small messages must not wait for the confirmation of others.
        let _ = (client.set_nodelay(true), stream.set_nodelay(true));
        {
            let (from_client, to_client) = client.split();
            let (from_server, to_server) = stream.split();
            tokio::select! {
                () = pump(from_client, to_server, false, weather.clone()) => return,
                () = pump(from_server, to_client, true, weather.clone()) => return,
                _ = weather.wait_for(|now| matches!(now, Weather::Cut | Weather::Swallow)) => {}
            }
        }
        server = Some(stream);
    }
    // Half-open until it is cut: both sockets stay open, but are not read.
    let _ = weather.wait_for(|now| *now == Weather::Cut).await;
    drop((client, server));
}

async fn pump(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    answers: bool,
    weather: watch::Receiver<Weather>,
) {
    let mut bytes = vec![0; 16 * 1024];
    loop {
        let Ok(count @ 1..) = from.read(&mut bytes).await else { return };
        let now = *weather.borrow();
        match now {
            Weather::CutAnswers if answers => return,
            Weather::Delay(by) => tokio::time::sleep(by).await,
            _ => {}
        }
        if to.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
}
