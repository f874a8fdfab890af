use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The check whether a server is ready.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Probe {
    Postgres,
    /// `at` is another port than that of its clients, if these use TLS.
    Etcd {
        at: Option<u16>,
    },
    ZooKeeper,
    Memcached,
}

impl Probe {
    pub(crate) async fn is_ready(self, port: u16) -> bool {
        let asked = tokio::time::timeout(Duration::from_millis(500), self.ask(port)).await;
        let answer = asked.ok().and_then(Result::ok).unwrap_or_default();
        let has = |part: &[u8]| answer.windows(part.len()).any(|window| window == part);
        match self {
            // The server accepts, or requests a password. During its start it answers with an error.
            Self::Postgres => answer.starts_with(b"R"),
            Self::Etcd { .. } => has(br#""health":"true""#),
            // A node of an ensemble without a leader answers, but has no mode.
            Self::ZooKeeper => has(b"Mode: "),
            Self::Memcached => answer.starts_with(b"VERSION"),
        }
    }

    async fn ask(self, port: u16) -> std::io::Result<Vec<u8>> {
        let port = if let Self::Etcd { at: Some(port) } = self { port } else { port };
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.write_all(self.question()).await?;
        let mut answer = Vec::new();
        match self {
            Self::Etcd { .. } | Self::ZooKeeper => _ = stream.read_to_end(&mut answer).await?,
            Self::Postgres | Self::Memcached => _ = stream.read_buf(&mut answer).await?,
        }
        Ok(answer)
    }

    fn question(self) -> &'static [u8] {
        match self {
            Self::Postgres => b"\0\0\0\x17\0\x03\0\0user\0postgres\0\0",
            Self::Etcd { .. } => b"GET /health HTTP/1.1\r\nHost: etcd\r\nConnection: close\r\n\r\n",
            Self::ZooKeeper => b"srvr",
            Self::Memcached => b"version\r\n",
        }
    }
}
