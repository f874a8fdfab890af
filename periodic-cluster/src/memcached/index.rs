//! The index of the records: memcached lists no keys, so the names are in keys of their own, one per line.

use super::client::Client;
use super::errors::MemcachedError;
use super::expiry::NEVER;
use super::keys::MemberKeys;
use super::store::{Stored, write};

/// Makes sure that the member is in its part of the index, which was read `before`.
pub(super) async fn enlist(
    client: &mut Client,
    keys: &MemberKeys,
    before: Option<&Stored>,
) -> Result<(), MemcachedError> {
    if before.is_some_and(|part| names(part).any(|name| name == keys.name)) {
        return Ok(());
    }
    let all = before.into_iter().flat_map(names).chain([keys.name.clone()]);
    let text: String = all.map(|name| name + "\n").collect();
    write(client, &keys.part, &text, NEVER, before).await
}

/// Returns the names in a part of the index.
pub(super) fn names(part: &Stored) -> impl Iterator<Item = String> {
    String::from_utf8_lossy(&part.text).lines().map(str::to_owned).collect::<Vec<_>>().into_iter()
}
