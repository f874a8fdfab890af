//! The requests to memcached, in its meta protocol.

use std::collections::HashMap;

use async_memcached::{Client, Error, MetaProtocol, MetaValue, Status};

use super::errors::MemcachedError;

/// The most keys of one request: the server begins to answer before it has read all of them, and neither side may wait
/// for the other to read.
const AT_ONCE: usize = 100;

/// The content of a key.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) text: Vec<u8>,
    /// Changes with each write.
    version: u64,
}

/// Returns the content of those of `keys` that exist.
pub(super) async fn read(
    client: &mut Client,
    keys: &[String],
) -> Result<HashMap<String, Stored>, MemcachedError> {
    let mut found = HashMap::new();
    for keys in keys.chunks(AT_ONCE) {
        let values = client.meta_get_multi(keys, Some(&["v", "c"])).await?;
        found.extend(values.into_iter().filter_map(stored));
    }
    Ok(found)
}

fn stored(value: MetaValue) -> Option<(String, Stored)> {
    let key = String::from_utf8(value.key?).ok()?;
    // An empty text is returned as `None`.
    Some((key, Stored { text: value.data.unwrap_or_default(), version: value.cas? }))
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
    let flags = [format!("T{expires}"), condition];
    let flags = flags.each_ref().map(String::as_str);
    unless_changed(client.meta_set(key, text, false, None, Some(&flags)).await)
}

/// Deletes a key if it is still as it was read `before`.
pub(super) async fn delete(client: &mut Client, key: &str, before: &Stored) -> Result<(), MemcachedError> {
    let condition = format!("C{}", before.version);
    unless_changed(client.meta_delete(key, false, None, Some(&[&condition])).await)
}

fn unless_changed(end: Result<Option<MetaValue>, Error>) -> Result<(), MemcachedError> {
    match end {
        Ok(_) => Ok(()),
        Err(Error::Protocol(Status::Exists | Status::NotFound | Status::NotStored)) => {
            Err(MemcachedError::Changed)
        }
        Err(error) => Err(error.into()),
    }
}
