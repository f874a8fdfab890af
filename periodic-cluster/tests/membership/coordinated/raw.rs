//! ZooKeeper's messages, as a test writes and answers them by itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

pub(crate) const CREATE: i32 = 1;
pub(crate) const GET_CHILDREN: i32 = 8;
pub(crate) const SYNC: i32 = 9;
const SET_DATA: i32 = 5;
const PING: i32 = 11;
pub(crate) const CLOSE: i32 = -11;

/// Returns bytes behind their length.
pub(crate) fn framed(bytes: &[u8]) -> Vec<u8> {
    [&i32::try_from(bytes.len()).unwrap().to_be_bytes()[..], bytes].concat()
}

/// Returns the answer to the request of this number.
pub(crate) fn answer(number: i32, code: i32, body: &[u8]) -> Vec<u8> {
    framed(&[&number.to_be_bytes()[..], &1_i64.to_be_bytes(), &code.to_be_bytes(), body].concat())
}

/// Returns a server's first message.
pub(crate) fn welcome(session: i64, timeout: i32) -> Vec<u8> {
    let numbers = [&[0; 4][..], &timeout.to_be_bytes(), &session.to_be_bytes()].concat();
    framed(&[&numbers[..], &framed(&[1; 16]), &[0]].concat())
}

async fn message(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let length = stream.read_i32().await?;
    let mut message = vec![0; usize::try_from(length).unwrap()];
    stream.read_exact(&mut message).await?;
    Ok(message)
}

/// Begins a session with a real server.
async fn connect(port: u16) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let wish = [&[0; 12][..], &10_000_i32.to_be_bytes(), &[0; 8], &framed(&[0; 16]), &[0]].concat();
    stream.write_all(&framed(&wish)).await.unwrap();
    message(&mut stream).await.unwrap();
    stream
}

async fn call(stream: &mut TcpStream, operation: i32, body: &[u8]) {
    let request = [&1_i32.to_be_bytes()[..], &operation.to_be_bytes(), body].concat();
    stream.write_all(&framed(&request)).await.unwrap();
    let answer = message(stream).await.unwrap();
    assert_eq!(answer[12..16], [0; 4], "the server refuses operation {operation}");
}

/// Writes a node of a real server as another program would.
pub(crate) async fn set_data(port: u16, path: &str, data: &[u8]) {
    let body = [&framed(path.as_bytes())[..], &framed(data), &(-1_i32).to_be_bytes()].concat();
    call(&mut connect(port).await, SET_DATA, &body).await;
}

/// Creates a node of a real server as another program would.
pub(crate) async fn create(port: u16, path: &str, data: &[u8]) {
    let owner = [&1_i32.to_be_bytes()[..], &31_i32.to_be_bytes(), &framed(b"world"), &framed(b"anyone")];
    let body = [&framed(path.as_bytes())[..], &framed(data), &owner.concat(), &[0; 4]].concat();
    call(&mut connect(port).await, CREATE, &body).await;
}

/// The answer of a false server to a request.
#[derive(Clone)]
pub(crate) enum Lie {
    /// These bytes, which are a whole answer or none.
    Bytes(Vec<u8>),
    /// The first bytes, and then the second without end.
    WithoutEnd(Vec<u8>, Vec<u8>),
    /// One byte of it after the other, slowly.
    InDrops(Vec<u8>),
    /// The end of the connection.
    Close,
    /// None.
    Silence,
}

/// A program that speaks as a ZooKeeper server, until it lies.
pub(crate) struct FalseServer {
    pub(crate) port: u16,
    pub(crate) connections: Arc<AtomicU64>,
    /// The bytes that it has sent without end.
    pub(crate) sent: Arc<AtomicU64>,
}

impl FalseServer {
    /// Welcomes each client by `welcome`, and answers each request by `lie`: number and operation.
    pub(crate) async fn start(
        welcome: Lie,
        lie: impl Fn(i32, i32) -> Lie + Send + Sync + 'static,
    ) -> FalseServer {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (connections, sent) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let (counted, counted_bytes, lie) = (Arc::clone(&connections), Arc::clone(&sent), Arc::new(lie));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counted.fetch_add(1, Relaxed);
                tokio::spawn(serve(stream, welcome.clone(), Arc::clone(&lie), Arc::clone(&counted_bytes)));
            }
        });
        FalseServer { port, connections, sent }
    }
}

async fn serve(
    mut stream: TcpStream,
    welcome: Lie,
    lie: Arc<impl Fn(i32, i32) -> Lie>,
    sent: Arc<AtomicU64>,
) -> std::io::Result<()> {
    message(&mut stream).await?;
    tell(&mut stream, welcome, &sent).await?;
    loop {
        let request = message(&mut stream).await?;
        let number = i32::from_be_bytes(*request.first_chunk().unwrap());
        let operation = i32::from_be_bytes(*request[4..].first_chunk().unwrap());
        let told = match operation {
            PING => Lie::Bytes(answer(number, 0, &[])),
            operation => lie(number, operation),
        };
        tell(&mut stream, told, &sent).await?;
    }
}

async fn tell(stream: &mut TcpStream, lie: Lie, sent: &AtomicU64) -> std::io::Result<()> {
    match lie {
        Lie::Bytes(bytes) => stream.write_all(&bytes).await,
        Lie::WithoutEnd(first, again) => {
            stream.write_all(&first).await?;
            loop {
                stream.write_all(&again).await?;
                sent.fetch_add(again.len() as u64, Relaxed);
            }
        }
        Lie::InDrops(bytes) => {
            for byte in bytes {
                stream.write_u8(byte).await?;
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Ok(())
        }
        Lie::Close => Err(std::io::ErrorKind::ConnectionAborted.into()),
        Lie::Silence => Ok(()),
    }
}
