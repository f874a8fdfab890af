//! A connection to a server, encrypted if the `sslmode` requires it.
//!
//! The client crate could do this, but would then read messages of any length.

use std::net::SocketAddr;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_postgres::config::{Host, SslMode};

use super::errors::PostgresError;
use super::sslmode::Wanted;

/// The request for TLS: its length, and a number instead of a version.
const ASKS_FOR_TLS: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];

/// A connection of any kind.
pub(super) trait Duplex: AsyncRead + AsyncWrite + Unpin + Send {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Duplex for S {}

/// A possible place of a server.
pub(super) enum Place<'a> {
    Tcp(SocketAddr, &'a str),
    #[cfg(unix)]
    Unix(std::path::PathBuf),
}

/// Returns all places of a host's name.
pub(super) async fn places(host: &Host, port: u16) -> Result<Vec<Place<'_>>, PostgresError> {
    match host {
        Host::Tcp(name) => {
            let found = tokio::net::lookup_host((name.as_str(), port)).await.map_err(PostgresError::Away)?;
            Ok(found.map(|address| Place::Tcp(address, name)).collect())
        }
        #[cfg(unix)]
        Host::Unix(folder) => Ok(vec![Place::Unix(folder.join(format!(".s.PGSQL.{port}")))]),
    }
}

impl Place<'_> {
    pub(super) async fn connect(&self, wanted: &Wanted) -> Result<Box<dyn Duplex>, PostgresError> {
        match self {
            Place::Tcp(address, name) => {
                let stream = TcpStream::connect(address).await.map_err(PostgresError::Away)?;
                stream.set_nodelay(true).map_err(PostgresError::Away)?;
                encrypted(stream, name, wanted).await
            }
            // A Unix socket has no TLS.
            #[cfg(unix)]
            Place::Unix(file) => {
                let stream = tokio::net::UnixStream::connect(file).await.map_err(PostgresError::Away)?;
                Ok(Box::new(stream))
            }
        }
    }
}

async fn encrypted(
    mut stream: TcpStream,
    name: &str,
    wanted: &Wanted,
) -> Result<Box<dyn Duplex>, PostgresError> {
    if wanted.mode == SslMode::Disable {
        return Ok(Box::new(stream));
    }
    stream.write_all(&ASKS_FOR_TLS).await.map_err(PostgresError::Away)?;
    if stream.read_u8().await.map_err(PostgresError::Away)? == b'S' {
        return Ok(Box::new(wanted.tls.encrypt(stream, name).await.map_err(PostgresError::NoTls)?));
    }
    match wanted.mode {
        SslMode::Prefer => Ok(Box::new(stream)),
        _ => Err(PostgresError::NoTls("the server does not support TLS".into())),
    }
}
