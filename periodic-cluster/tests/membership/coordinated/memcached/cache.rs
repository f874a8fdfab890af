use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

/// A client of memcached, as another program or an operator has.
pub(crate) struct Cache(BufReader<TcpStream>);

impl Cache {
    pub(crate) async fn connect(address: &str) -> Self {
        Self(BufReader::new(TcpStream::connect(address).await.unwrap()))
    }

    /// Sends a command, and returns the first line of the answer.
    async fn ask(&mut self, command: &[u8]) -> String {
        self.0.write_all(command).await.unwrap();
        let mut line = String::new();
        self.0.read_line(&mut line).await.unwrap();
        line.trim_end().to_owned()
    }

    pub(crate) async fn set(&mut self, key: &str, text: impl AsRef<[u8]>) {
        let text = text.as_ref();
        let command = format!("set {key} 0 0 {}\r\n", text.len());
        let answer = self.ask(&[command.as_bytes(), text, b"\r\n"].concat()).await;
        assert_eq!(answer, "STORED", "{key}");
    }

    pub(crate) async fn get(&mut self, key: &str) -> Option<Vec<u8>> {
        let answer = self.ask(format!("mg {key} v\r\n").as_bytes()).await;
        let length = answer.strip_prefix("VA ")?.parse().unwrap();
        let mut text = vec![0; length];
        self.0.read_exact(&mut text).await.unwrap();
        self.0.read_line(&mut String::new()).await.unwrap();
        Some(text)
    }

    pub(crate) async fn delete(&mut self, key: &str) {
        assert_eq!(self.ask(format!("delete {key}\r\n").as_bytes()).await, "DELETED");
    }

    pub(crate) async fn flush_all(&mut self) {
        assert_eq!(self.ask(b"flush_all\r\n").await, "OK");
    }

    /// Returns the seconds that a key still has.
    pub(crate) async fn rest(&mut self, key: &str) -> Option<i64> {
        let answer = self.ask(format!("mg {key} t\r\n").as_bytes()).await;
        answer.strip_prefix("HD t").map(|rest| rest.parse().unwrap())
    }
}
