//! Reading and writing JSON. Long texts use a thread for blocking work, so that they delay no other task.

use serde::Serialize;
use serde::de::{DeserializeOwned, Error as _};
use serde_json::Error;
use tokio::task::{JoinError, spawn_blocking};

/// The most bytes that are read on a thread of the runtime, which takes less than a millisecond.
const SHORT: usize = 64 << 10;

/// Reads a value; a long text is read on a thread for blocking work.
pub(super) async fn read<T: DeserializeOwned + Send + 'static>(text: Vec<u8>) -> Result<T, Error> {
    aside(text.len(), move || serde_json::from_slice(&text))
        .await
        .unwrap_or_else(|ended| Err(Error::custom(ended)))
}

/// Reads a value as `read` does, if the text has at most `most` values; otherwise returns `None`.
pub(super) async fn read_few<T>(text: Vec<u8>, most: usize) -> Result<Option<T>, Error>
where
    T: DeserializeOwned + Send + 'static,
{
    let bytes = text.len();
    let few = move || (values(&text) <= most).then(|| serde_json::from_slice(&text)).transpose();
    aside(bytes, few).await.unwrap_or_else(|ended| Err(Error::custom(ended)))
}

/// Writes the values as a list; a long one is written on a thread for blocking work.
pub(super) async fn write<T: Serialize + Send + 'static>(values: Vec<T>) -> Result<Vec<u8>, Error> {
    let length = values.len() * size_of::<T>();
    aside(length, move || serde_json::to_vec(&values)).await.unwrap_or_else(|ended| Err(Error::custom(ended)))
}

/// Does the work here if `bytes` is at most `SHORT`, otherwise on a thread for blocking work.
async fn aside<R: Send + 'static>(
    bytes: usize,
    work: impl FnOnce() -> R + Send + 'static,
) -> Result<R, JoinError> {
    // An error means that the runtime ends, or that the type's code panics.
    if bytes <= SHORT { Ok(work()) } else { spawn_blocking(work).await }
}

/// Returns an upper bound for the number of values in a text: one for each comma and each opening bracket outside of
/// strings. The memory of a value may be a hundred times its bytes in the text.
fn values(text: &[u8]) -> usize {
    let (mut values, mut quoted, mut escaped) = (1, false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b',' | b'[' | b'{' if !quoted => values += 1,
            _ => {}
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use std::thread::{self, ThreadId};

    use serde::{Deserialize, Deserializer, Serializer};
    use serde_json::Value;

    use super::*;

    /// The thread on which it was read.
    struct Reader(ThreadId);

    impl<'de> Deserialize<'de> for Reader {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            Value::deserialize(from).map(|_| Self(thread::current().id()))
        }
    }

    /// Fails if it is written on this thread.
    struct Elsewhere(ThreadId);

    impl Serialize for Elsewhere {
        fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            assert_ne!(self.0, thread::current().id());
            to.serialize_unit()
        }
    }

    #[tokio::test]
    async fn what_is_long_is_not_read_on_a_thread_of_the_runtime() {
        let here = thread::current().id();
        let Reader(short) = read(b"[1, 2]".to_vec()).await.unwrap();
        assert_eq!(short, here);
        let long = format!("[{}1]", "1,".repeat(500_000)).into_bytes();
        let Reader(long) = read(long).await.unwrap();
        assert_ne!(long, here);
    }

    #[tokio::test]
    async fn a_long_list_is_not_written_there() {
        assert_eq!(write(vec![1, 2]).await.unwrap(), b"[1,2]");
        let many: Vec<_> = (0..100_000).map(|_| Elsewhere(thread::current().id())).collect();
        assert!(write(many).await.unwrap().starts_with(b"[null,"));
    }

    #[test]
    fn values_are_counted_outside_of_strings() {
        for (text, count) in [
            ("", 1),
            ("7", 1),
            ("[1, 2, 3]", 4),
            (r#"{"a": [{}, {}], "b": 1}"#, 7),
            (r#"["[,{\\\",", ",\\\\", 1]"#, 4),
            (r#"["not closed, [ {"#, 2),
        ] {
            assert_eq!(values(text.as_bytes()), count, "{text}");
        }
    }

    #[tokio::test]
    async fn what_is_nested_too_deeply_is_refused() {
        let deep = format!("{}{}", "[".repeat(500_000), "]".repeat(500_000)).into_bytes();
        let error = read::<Value>(deep).await.unwrap_err();
        assert!(error.to_string().contains("recursion limit"), "{error}");
    }
}
