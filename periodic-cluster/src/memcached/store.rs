//! The requests to memcached, in its meta protocol.

use std::collections::HashMap;

use super::client::{Client, Value};
use super::errors::MemcachedError;

/// The most keys of one request: the server begins to answer before it has read all of them, and neither side may wait
/// for the other to read.
const AT_ONCE: usize = 100;

/// The most bytes of a record that are read. An honest one has less than a kilobyte.
pub(super) const LONGEST_RECORD: usize = 64 << 10;
/// The most bytes of a part of the index that are read. Memcached itself takes a megabyte, unless it is told otherwise.
pub(super) const LONGEST_PART: usize = 16 << 20;
/// The most bytes of all values of one reading.
const ALL: usize = 128 << 20;

/// The content of a key.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) text: Vec<u8>,
    /// Changes with each write.
    version: u64,
}

/// Returns the content of those of `keys` that exist. A value of more than `longest` bytes is not read: a text that says
/// so replaces it.
pub(super) async fn read(
    client: &mut Client,
    keys: &[String],
    longest: usize,
) -> Result<HashMap<String, Stored>, MemcachedError> {
    let (mut found, mut left) = (HashMap::new(), ALL);
    for keys in keys.chunks(AT_ONCE) {
        for Value { key, version, size, text } in client.get(keys, longest, &mut left).await? {
            let text = text.unwrap_or_else(|| format!("a value of {size} bytes").into_bytes());
            found.insert(key, Stored { text, version });
        }
    }
    Ok(found)
}

/// Writes a key if it is still as it was read `before`, or still missing if it was missing.
pub(super) async fn write(
    client: &mut Client,
    key: &str,
    text: &str,
    expires: i32,
    before: Option<&Stored>,
) -> Result<(), MemcachedError> {
    let condition = match before {
        Some(before) => format!("C{}", before.version),
        None => "ME".to_owned(),
    };
    let size = text.len();
    unless_changed(client.change(&format!("ms {key} {size} T{expires} {condition}\r\n{text}\r\n")).await?)
}

/// Deletes a key if it is still as it was read `before`.
pub(super) async fn delete(client: &mut Client, key: &str, before: &Stored) -> Result<(), MemcachedError> {
    unless_changed(client.change(&format!("md {key} C{}\r\n", before.version)).await?)
}

fn unless_changed(is_done: bool) -> Result<(), MemcachedError> {
    if is_done { Ok(()) } else { Err(MemcachedError::Changed) }
}
